"""Addresses of the public pages of cooperation, below /<language>/cooperation/."""

from django.urls import path, re_path

from shailoo.cooperation.views import public

app_name = "cooperation"
_LIST = r"^(?P<commission>[-\w]+)/(?P<plural>[a-z_]+)"
urlpatterns = [
    path("", public.index, name="index"),
    path("organizations/", public.organizations, name="organizations"),
    re_path(r"^organizations\.(?P<kind>csv|json)$", public.organizations_file, name="organizations_file"),
    path("organizations/<slug:code>/", public.organization, name="organization"),
    path("<slug:commission>/", public.overview, name="overview"),
    path("<slug:commission>/timeline/", public.timeline, name="timeline"),
    path("<slug:commission>/feed.atom", public.feed, name="feed"),
    path("<slug:commission>/countries/<slug:code>/", public.country, name="country"),
    path("<slug:commission>/invitations/", public.invitations, name="invitations"),
    re_path(
        r"^(?P<commission>[-\w]+)/invitations\.(?P<kind>csv|json)$", public.invitations_file, name="invitations_file"
    ),
    re_path(rf"{_LIST}\.(?P<kind>csv|json|atom)$", public.records_file, name="records_file"),
    path("<slug:commission>/<slug:plural>/", public.records, name="records"),
    path("<slug:commission>/<slug:plural>/<slug:code>/", public.record, name="record"),
    path("<slug:commission>/<slug:plural>/<slug:code>/<slug:digest>/", public.paper, name="paper"),
]
