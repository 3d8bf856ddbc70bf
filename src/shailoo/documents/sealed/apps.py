from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "shailoo.documents.sealed"
