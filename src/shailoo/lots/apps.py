from django.apps import AppConfig


class LotsConfig(AppConfig):
    name = "shailoo.lots"
