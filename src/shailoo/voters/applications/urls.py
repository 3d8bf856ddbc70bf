"""Addresses of voters' applications at the desk, below /<language>/desk/voters/applications/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from shailoo.voters.applications.views import desk, mobile

app_name = "voter_applications"
urlpatterns: list[URLPattern] = [
    path("", desk.index, name="index"),
    path("receive/<slug:kind>/", desk.receive, name="receive"),
    path("overview/", desk.overview, name="overview"),
    re_path(r"^overview\.(?P<form>csv|json|xlsx)$", desk.overview_file, name="overview_file"),
    path("mobile/", mobile.register, name="mobile"),
    path("mobile/new/", mobile.new, name="mobile_new"),
    path("mobile/register.pdf", mobile.register_paper, name="mobile_paper"),
    path("mobile/post/", mobile.post, name="mobile_post"),
    path("mobile/<int:pk>/", mobile.one, name="mobile_one"),
    path("<int:pk>/", desk.application, name="application"),
    path("<int:pk>/tell/", desk.tell, name="tell"),
    path("<int:pk>/papers/<int:paper_pk>/", desk.paper, name="paper"),
    path("<int:pk>/do/<slug:code>/", desk.act, name="act"),
]
