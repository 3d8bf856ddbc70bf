from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shailoo.accounts"

    def ready(self) -> None:
        from shailoo.accounts import web  # noqa: F401  (registers its check)
