from django.apps import AppConfig


class LotsConfig(AppConfig):
    name = "shailoo.lots"

    def ready(self) -> None:
        """Tell the documents which form this room issues."""
        from shailoo.documents.forms import register
        from shailoo.lots.papers import FORM

        register(FORM)
