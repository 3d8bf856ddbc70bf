"""The addresses of the public pages, below /ky/, /ru/ and /en/."""

from __future__ import annotations

from django.urls import URLPattern, path

from shailoo.portal.views import home

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.results, name="home"),
]
