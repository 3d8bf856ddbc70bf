"""Addresses of published lists, below /<language>/voters/lists/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.lists.views import public

app_name = "published_lists"
urlpatterns = [
    path("", public.index, name="index"),
    path("search/", public.search, name="search"),
    path("areas/<slug:code>/", public.area, name="area"),
    path("precincts/<slug:number>/", public.precinct, name="precinct"),
    path("precincts/<slug:number>/list.<str:form>", public.precinct_file, name="precinct_file"),
]
