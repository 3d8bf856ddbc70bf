"""Addresses of what observers say, below /<language>/desk/observation/reports/."""

from __future__ import annotations

from django.urls import URLPattern, path

from shailoo.observation.views.reports import incidents, statements

app_name = "observation_reports"
urlpatterns: list[URLPattern] = [
    path("statements/", statements.statements, name="statements"),
    path("incidents/", incidents.notes, name="notes"),
    path("incidents/told/", incidents.told, name="told"),
]
