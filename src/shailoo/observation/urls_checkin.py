"""Addresses of a commission's door, below /<language>/desk/observation/check-in/."""

from __future__ import annotations

from django.urls import URLPattern, path

from shailoo.observation.views.checkin import data, door, log

app_name = "observation_check_in"
urlpatterns: list[URLPattern] = [
    path("", door.page, name="page"),
    path("worker.js", door.worker, name="worker"),
    path("people.json", data.people, name="people"),
    path("state.json", data.state, name="state"),
    path("sync/", data.sync, name="sync"),
    path("log/", log.log, name="log"),
    path("log.csv", log.log_csv, name="csv"),
    path("numbers/", log.numbers, name="numbers"),
]
