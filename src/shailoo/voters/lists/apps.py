from django.apps import AppConfig


class VoterListsConfig(AppConfig):
    name = "shailoo.voters.lists"
    label = "voter_lists"

    def ready(self) -> None:
        """Tell the calendar which deadlines this room's acts fulfil, and the queue which works it has."""
        from shailoo.voters import rooms
        from shailoo.voters.lists import fulfilments, jobs, places

        del fulfilments, jobs  # imported so that they enter themselves
        rooms.enter(places.__name__, places.open_to)
