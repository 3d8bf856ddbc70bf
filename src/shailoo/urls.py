"""Every address of the site. Pages carry their language (/ky/…, /ru/…, /en/…); machines' addresses do not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from shailoo.portal.views import to_own_language

urlpatterns = [
    path("", to_own_language, name="root"),
    path("api/", include("shailoo.api.urls")),
    path("", include("shailoo.documents.certificates.machines")),
    *i18n_patterns(
        path("", include("shailoo.portal.urls")),
        path("", include("shailoo.accounts.urls")),
        path("", include("shailoo.accounts.second_step_url")),
        path("", include("shailoo.desk.invitation_url")),
        path("desk/", include("shailoo.desk.urls")),
        path("desk/", include("shailoo.jobs.urls")),
        path("desk/", include("shailoo.commissions.urls")),
        path("desk/", include("shailoo.elections.urls")),
        path("desk/observation/check-in/", include("shailoo.observation.urls_checkin")),
        path("desk/observation/reports/", include("shailoo.observation.urls_reports")),
        path("desk/observation/own/", include("shailoo.observation.urls_self_service")),
        path("desk/observation/", include("shailoo.observation.urls_desk")),
        path("desk/voters/printing/", include("shailoo.voters.printing.urls")),
        path("desk/voters/", include("shailoo.voters.enquiry.urls")),
        path("desk/voters/lists/", include("shailoo.voters.lists.urls")),
        path("voters/lists/", include("shailoo.voters.lists.urls_public")),
        path("desk/voters/sources/", include("shailoo.voters.sources.urls")),
        path("desk/voters/", include("shailoo.voters.urls")),
        path("desk/voters/applications/", include("shailoo.voters.applications.urls")),
        path("voters/", include("shailoo.voters.enquiry.urls_public")),
        path("desk/counting/", include("shailoo.counting.urls")),
        path("desk/results/", include("shailoo.results.urls")),
        path("documents/", include("shailoo.documents.urls")),
        path("desk/lots/", include("shailoo.lots.desk_urls")),
        path("lots/", include("shailoo.lots.urls")),
        path("observers/", include("shailoo.observation.urls_public")),
        path("voters/applications/", include("shailoo.voters.applications.urls_public")),
        path("desk/cooperation/", include("shailoo.cooperation.desk_urls")),
        path("cooperation/", include("shailoo.cooperation.urls")),
        path("", include("shailoo.documents.certificates.urls")),
        prefix_default_language=True,
    ),
]
handler400 = "shailoo.portal.views.unreadable"
handler403 = "shailoo.portal.views.forbidden"
handler404 = "shailoo.portal.views.not_found"
handler500 = "shailoo.portal.views.broken"
