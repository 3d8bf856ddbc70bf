from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shailoo.accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from shailoo.accounts import web  # noqa: F401  (registers its check)

        user_logged_in.connect(_begin, dispatch_uid="shailoo.accounts.sessions.begin")
        user_logged_out.connect(_forget, dispatch_uid="shailoo.accounts.sessions.forget")


def _begin(request: Any, **_: object) -> None:
    from shailoo.accounts import sessions

    sessions.begin(request)


def _forget(request: Any, **_: object) -> None:
    from shailoo.accounts import sessions

    sessions.forget(request.session.session_key)
