from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "shailoo.cooperation"
