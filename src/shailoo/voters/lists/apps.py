from django.apps import AppConfig


class VoterListsConfig(AppConfig):
    name = "shailoo.voters.lists"
    label = "voter_lists"

    def ready(self) -> None:
        """Tell the calendar which deadlines this room's acts fulfil."""
        import shailoo.voters.lists.fulfilments  # noqa: F401  # entering them is what the import is for
