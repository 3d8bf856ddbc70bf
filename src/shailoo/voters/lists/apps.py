from django.apps import AppConfig


class VoterListsConfig(AppConfig):
    name = "shailoo.voters.lists"
    label = "voter_lists"
