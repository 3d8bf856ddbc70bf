"""Addresses of certificates: pages carry their language, the lists and the worker of the checker do not."""

from __future__ import annotations

from django.urls import URLPattern, path

from shailoo.documents.certificates.views import checker, desk, public

app_name = "certificates"
urlpatterns: list[URLPattern] = [
    path("check/", checker.page, name="check"),
    path("certificates/", public.look_up, name="look_up"),
    path("desk/certificates/", desk.register, name="register"),
    path("desk/certificates/new/", desk.issue, name="issue"),
    path("desk/certificates/sheets/", desk.sheets, name="sheets"),
    path("desk/certificates/register.csv", desk.export, name="csv"),
    path("desk/certificates/<slug:number>/", desk.certificate, name="certificate"),
    path("desk/certificates/<slug:number>/revoke/", desk.revoke, name="revoke"),
    path("desk/certificates/<slug:number>/<slug:language>.pdf", desk.card, name="card"),
]
