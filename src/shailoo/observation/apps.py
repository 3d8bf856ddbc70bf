from django.apps import AppConfig


class ObservationConfig(AppConfig):
    name = "shailoo.observation"

    def ready(self) -> None:
        """Tell the documents which forms this room issues, and the commissions what text it proposes."""
        from shailoo.commissions.proposing import written_by
        from shailoo.documents.forms import register
        from shailoo.observation.papers.forms import FORMS
        from shailoo.observation.proposing import decision_on

        register(*FORMS)
        written_by("answer_list", decision_on)
