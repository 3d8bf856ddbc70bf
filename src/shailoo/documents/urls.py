"""Addresses of documents and of their verification page."""

from django.urls import path

from shailoo.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("list.csv", views.file_list, {"form": "csv"}, name="list_csv"),
    path("list.json", views.file_list, {"form": "json"}, name="list_json"),
    path("list.xlsx", views.file_list, {"form": "xlsx"}, name="list_xlsx"),
    path("verify/", views.verify_file, name="verify_file"),
    path("authority/root.crt", views.root_certificate, name="root_certificate"),
    path("authority/revoked.crl", views.revocation_list, name="revocation_list"),
    path("<path:number>/<slug:language>.pdf", views.file, name="file"),
    path("<path:number>/", views.verify, name="verify"),
]
