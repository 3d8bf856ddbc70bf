"""Addresses of voters' applications in public, below /<language>/voters/applications/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from shailoo.voters.applications.views import mobile, public

app_name = "voter_applications_public"
urlpatterns: list[URLPattern] = [
    path("", public.start, name="start"),
    path("new/<slug:kind>/", public.apply, name="apply"),
    path("follow/", public.follow, name="follow"),
    path("mobile/", mobile.numbers, name="mobile"),
    re_path(r"^mobile\.(?P<form>csv|json|xlsx)$", mobile.numbers_file, name="mobile_file"),
]
