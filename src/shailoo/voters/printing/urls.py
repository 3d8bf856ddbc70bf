"""Addresses of the pages of lists on paper at the desk, below /<language>/desk/voters/printing/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.printing.views import copies, custody, overview

app_name = "voter_printing"
urlpatterns = [
    path("", overview.index, name="index"),
    path("editions/<int:pk>/<slug:copy>/", overview.order, name="order"),
    path("batches/<int:pk>/", overview.batch, name="batch"),
    path("batches/<int:pk>/rest/", overview.rest, name="rest"),
    path("batches/<int:pk>/<str:code>/", overview.of_tec, name="tec"),
    path("batches/<int:pk>/<str:code>/files.zip", copies.files, name="files"),
    path("batches/<int:pk>/<str:code>/hand-over/", custody.hand_over_tec, name="hand_over_tec"),
    path("copies/<int:pk>/", copies.one, name="copy"),
    path("copies/<int:pk>/list.pdf", copies.file, name="file"),
    path("copies/<int:pk>/bind/", copies.bind, name="bind"),
    path("copies/<int:pk>/again/", copies.again, name="again"),
    path("copies/<int:pk>/hand-over/", custody.hand_over, name="hand_over"),
    path("received/", custody.received, name="received"),
    path("acts/<int:pk>/", custody.one, name="act"),
]
