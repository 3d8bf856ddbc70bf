from django.apps import AppConfig


class ObservationConfig(AppConfig):
    name = "shailoo.observation"

    def ready(self) -> None:
        """Tell the documents which forms this room issues."""
        from shailoo.documents.forms import register
        from shailoo.observation.papers.forms import FORMS

        register(*FORMS)
