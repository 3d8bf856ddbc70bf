"""Addresses of the public pages of cooperation, below /<language>/cooperation/."""

from django.urls import path

from shailoo.cooperation.views import public

app_name = "cooperation"
urlpatterns = [
    path("", public.index, name="index"),
    path("organizations/", public.organizations, name="organizations"),
    path("organizations.<slug:kind>", public.organizations_file, name="organizations_file"),
    path("organizations/<slug:code>/", public.organization, name="organization"),
    path("<slug:commission>/", public.overview, name="overview"),
    path("<slug:commission>/timeline/", public.timeline, name="timeline"),
    path("<slug:commission>/feed.atom", public.feed, name="feed"),
    path("<slug:commission>/countries/<slug:code>/", public.country, name="country"),
    path("<slug:commission>/invitations/", public.invitations, name="invitations"),
    path("<slug:commission>/invitations.<slug:kind>", public.invitations_file, name="invitations_file"),
    path("<slug:commission>/<slug:plural>.<slug:kind>", public.records_file, name="records_file"),
    path("<slug:commission>/<slug:plural>/", public.records, name="records"),
    path("<slug:commission>/<slug:plural>/<slug:code>/", public.record, name="record"),
    path("<slug:commission>/<slug:plural>/<slug:code>/<slug:digest>/", public.paper, name="paper"),
]
