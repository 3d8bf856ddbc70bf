"""Addresses of voter lists at the desk, below /<language>/desk/voters/lists/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.lists.views import desk, lists

app_name = "voter_lists"
urlpatterns = [
    path("", desk.index, name="index"),
    path("compile/", desk.compile_edition, name="compile"),
    path("postings/", desk.postings, name="postings"),
    path("postings.<str:form>", desk.postings_file, name="postings_file"),
    path("editions/<int:pk>/", desk.edition, name="edition"),
    path("editions/<int:pk>/differences/", desk.differences, name="differences"),
    path("editions/<int:pk>/publish/", desk.publish, name="publish"),
    path("editions/<int:pk>/take-down/", desk.take_down, name="take_down"),
    path("<int:pk>/", lists.one, name="list"),
    path("<int:pk>/lines/", lists.lines, name="lines"),
    path("<int:pk>/post/", lists.post, name="post"),
    path("<int:pk>/photographs/<int:version>/", lists.photograph, name="photograph"),
]
