from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "shailoo.voters.applications"
    label = "voter_applications"

    def ready(self) -> None:
        from shailoo.documents.forms import register
        from shailoo.voters import rooms
        from shailoo.voters.applications import fulfilments, jobs, places
        from shailoo.voters.applications.papers.forms import FORMS

        del fulfilments, jobs  # imported so that they enter themselves
        register(*FORMS)
        rooms.enter(places.__name__, places.open_to)
