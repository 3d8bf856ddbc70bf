from django.apps import AppConfig


class VoterPrintingConfig(AppConfig):
    name = "shailoo.voters.printing"
    label = "voter_printing"

    def ready(self) -> None:
        """Tell the documents which form this room issues."""
        from shailoo.documents.forms import register
        from shailoo.voters import rooms
        from shailoo.voters.printing import places
        from shailoo.voters.printing.papers import FORM

        register(FORM)
        rooms.enter(places.__name__, places.open_to)
