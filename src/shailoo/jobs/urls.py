"""Addresses of work in the background, below /<language>/desk/."""

from django.urls import path

from shailoo.jobs import views

app_name = "jobs"
urlpatterns = [
    path("work/", views.listed, name="works"),
    path("work/work.csv", views.file, name="works_file"),
    path("work/<int:pk>/", views.one, name="work"),
    path("work/<int:pk>/cancel/", views.stop, name="cancel"),
    path("work/<int:pk>/download/", views.download, name="download"),
    path("checks/", views.checks, name="checks"),
    path("checks/<slug:kind>/", views.ask, name="ask"),
]
