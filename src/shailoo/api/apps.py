from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "shailoo.api"

    def ready(self) -> None:
        """Register the start-up check of the operations' access rules."""
        from shailoo.api import access  # noqa: F401  # registers its check
