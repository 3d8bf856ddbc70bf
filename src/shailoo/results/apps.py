from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "shailoo.results"

    def ready(self) -> None:
        """Tell the calendar which deadlines this room's acts fulfil, and the documents which forms it issues."""
        import shailoo.results.fulfilments  # noqa: F401  # entering them is what the import is for
        from shailoo.documents.forms import register
        from shailoo.results.papers.forms import FORMS

        register(*FORMS)
