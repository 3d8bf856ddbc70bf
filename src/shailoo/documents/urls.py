"""Addresses of documents and of their verification page."""

from django.urls import path

from shailoo.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("<path:number>/<slug:language>.pdf", views.file, name="file"),
    path("<path:number>/", views.verify, name="verify"),
]
