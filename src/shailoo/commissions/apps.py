from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "shailoo.commissions"
