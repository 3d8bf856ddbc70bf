"""Addresses of the desk's counting pages, below /<language>/desk/counting/."""

from __future__ import annotations

from django.urls import path

from shailoo.counting.views import case, decisions, entry, importing, papers, queue

app_name = "counting"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("import/", importing.upload, name="import"),
    path("import/<str:token>/", importing.confirm, name="confirm_import"),
    path("precincts/<int:pk>/take-over/", queue.take_over, name="take_over"),
    path("precincts/<int:pk>/scanners/", papers.scanner_report, name="scanner_report"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/claim/", case.claim, name="claim"),
    path("<int:pk>/release/", case.release, name="release"),
    path("<int:pk>/settle/", decisions.settle, name="settle"),
    path("<int:pk>/replace/", decisions.replace, name="replace"),
    path("<int:pk>/decide/<slug:act>/", decisions.decide, name="decide"),
    path("<int:pk>/scans/", papers.add_scan, name="add_scan"),
    path("<int:pk>/scans/<int:page>/", papers.scan, name="scan"),
    path("entries/<int:pk>/", entry.resume, name="entry"),
    path("entries/<int:pk>/check/", entry.check, name="check"),
    path("entries/<int:pk>/<slug:page>/", entry.page, name="page"),
    path("entries/<int:pk>/<slug:page>/draft/", entry.draft, name="draft"),
]
