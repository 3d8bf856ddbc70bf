from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "shailoo.counting"

    def ready(self) -> None:
        """Tell the calendar which deadlines this room's acts fulfil."""
        import shailoo.counting.fulfilments  # noqa: F401  # entering them is what the import is for
