"""Addresses of the public pages of observers, below /<language>/observers/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from shailoo.observation.views.public import lists, numbers, pages, statements

app_name = "observers"
urlpatterns: list[URLPattern] = [
    path("", pages.index, name="index"),
    path("guide/<slug:address>/", pages.guide_page, name="guide"),
    path("rights/<slug:address>/", pages.rights_page, name="rights"),
    path("badge/", pages.badge, name="badge"),
    path("list/", lists.people, name="people"),
    re_path(r"^list\.(?P<form>csv|json|xlsx)$", lists.people_file, name="people_file"),
    path("list.atom", lists.feed, name="feed"),
    path("organizations/", lists.organizations, name="organizations"),
    re_path(r"^organizations\.(?P<form>csv|json|xlsx)$", lists.organizations_file, name="organizations_file"),
    path("organizations/<slug:code>/", lists.organization, name="organization"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:pk>/file/", statements.statement_file, name="statement_file"),
]
