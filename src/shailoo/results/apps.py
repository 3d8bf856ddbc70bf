from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "shailoo.results"

    def ready(self) -> None:
        """Tell the calendar which deadlines this room's acts fulfil."""
        import shailoo.results.fulfilments  # noqa: F401  # entering them is what the import is for
