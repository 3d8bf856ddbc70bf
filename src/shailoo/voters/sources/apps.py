from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "shailoo.voters.sources"
    label = "voter_sources"
