from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "shailoo.voters.sources"
    label = "voter_sources"

    def ready(self) -> None:
        """Tell the department where this room begins, and the queue which works it has."""
        from shailoo.voters import rooms
        from shailoo.voters.sources import jobs, places

        del jobs  # imported so that they enter themselves
        rooms.enter(places.__name__, places.open_to)
