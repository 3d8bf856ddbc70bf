from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "shailoo.commissions"

    def ready(self) -> None:
        """Tell the documents which forms this room issues."""
        from shailoo.commissions.papers.forms import FORMS
        from shailoo.documents.forms import register

        register(*FORMS)
