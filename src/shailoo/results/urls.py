"""Addresses of the results department at the desk."""

from django.urls import path

from shailoo.results.views import determination, invalidation, overview, publications, readings, territorial

app_name = "results"
urlpatterns = [
    path("", overview.tabulation, name="tabulation"),
    path("tec/", territorial.tec_protocol, name="tec_protocol"),
    path("tec/<slug:code>/", territorial.tec, name="tec"),
    path("tec/<slug:code>/sign/", territorial.sign, name="sign"),
    path("invalid/", invalidation.invalidations, name="invalidations"),
    path("invalid/declare/", invalidation.declare, name="invalidate"),
    path("invalid/<int:pk>/lift/", invalidation.lift, name="lift"),
    path("readings/", readings.readings, name="readings"),
    path("readings/<slug:parameter>/", readings.take, name="reading"),
    path("determination/", determination.draft, name="determination"),
    path("determination/decide/", determination.decide, name="decide"),
    path("determination/determine/", determination.determine, name="determine"),
    path("publications/", publications.publications, name="publications"),
    path("publications/publish/", publications.publish, name="publish"),
]
