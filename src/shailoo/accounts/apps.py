from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shailoo.accounts"

    def ready(self) -> None:
        from shailoo.accounts import background, web  # noqa: F401  (each registers its check)
