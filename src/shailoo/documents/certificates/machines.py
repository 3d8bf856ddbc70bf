"""The addresses that carry no language: the signed lists and the worker of the checker's page."""

from __future__ import annotations

from django.urls import URLPattern, path

from shailoo.documents.certificates.views import checker

app_name = "certificate_lists"
urlpatterns: list[URLPattern] = [
    path("certificates/keys.json", checker.key_list, name="key_list"),
    path("certificates/keys.json.minisig", checker.key_list_signature, name="key_list_signature"),
    path("certificates/revoked.json", checker.revocation_list, name="revocation_list"),
    path("certificates/revoked.json.minisig", checker.revocation_list_signature, name="revocation_list_signature"),
    path("check-worker.js", checker.worker, name="worker"),
]
