"""Addresses of the desk's own pages; the departments' pages stand under /desk/<department>/."""

from django.urls import path

from shailoo.desk import readings, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("readings/", readings.page, name="readings"),
    path("readings/readings.csv", readings.file, name="readings_file"),
]
