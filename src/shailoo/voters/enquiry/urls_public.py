"""Addresses of the public side of the voters' department, below /<language>/voters/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.enquiry.views import public

app_name = "voters_public"
urlpatterns = [
    path("", public.index, name="index"),
    path("am-i-listed/", public.own, name="own"),
    path("precinct/", public.find, name="find"),
]
