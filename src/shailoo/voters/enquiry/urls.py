"""Addresses behind the public side of the voters' department, below /<language>/desk/voters/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.enquiry.views import desk

app_name = "voter_enquiry"
urlpatterns = [
    path("numbers/", desk.numbers, name="numbers"),
    path("numbers/<int:pk>/count/", desk.count, name="count"),
    path("numbers/places/", desk.places, name="places"),
    path("stations/", desk.stations, name="stations"),
    path("stations/<code:number>/", desk.station, name="station"),
]
