from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "shailoo.documents.certificates"
