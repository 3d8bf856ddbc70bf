"""Addresses of the public pages of lots, below /<language>/lots/."""

from django.urls import path, re_path

from shailoo.lots.views import public

app_name = "lots"
urlpatterns = [
    path("", public.index, name="index"),
    re_path(r"^lots\.(?P<kind>csv|json)$", public.index_file, name="index_file"),
    path("how/", public.how, name="how"),
    path("checkers/<str:name>", public.checker_file, name="checker"),
    path("<slug:code>/<int:year>/<int:number>/", public.lot, name="lot"),
    path("<slug:code>/<int:year>/<int:number>/list.txt", public.list_file, name="list"),
    path("<slug:code>/<int:year>/<int:number>/lot.json", public.lot_file, name="file"),
]
