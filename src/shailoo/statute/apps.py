from django.apps import AppConfig


class StatuteConfig(AppConfig):
    name = "shailoo.statute"
    verbose_name = "Official texts of the law"
