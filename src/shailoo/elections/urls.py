"""Addresses of the elections room at the desk: the calendar of the office in use, and the elections called."""

from django.urls import path

from shailoo.elections.views import called, calling, duties, lateness

app_name = "elections"
urlpatterns = [
    path("calendar/", duties.calendar, name="calendar"),
    path("calendar/lateness/", lateness.overview, name="lateness"),
    path("calendar/lateness/terms.csv", lateness.overview_file, name="lateness_file"),
    path("calendar/lateness/<slug:event>/", lateness.by_tec, name="lateness_of"),
    path("calendar/lateness/<slug:event>/tecs.csv", lateness.by_tec_file, name="lateness_of_file"),
    path("calendar/lateness/<slug:event>/<slug:code>/", lateness.by_pec, name="missing"),
    path("calendar/lateness/<slug:event>/<slug:code>/pecs.csv", lateness.by_pec_file, name="missing_file"),
    path("calendar/<slug:event>/", duties.term, name="term"),
    path("elections/", called.index, name="called"),
    path("elections/call/", calling.call, name="call"),
    path("elections/<slug:slug>/", called.election, name="election"),
    path("elections/<slug:slug>/moments/", called.record, name="record"),
    path("elections/<slug:slug>/postpone/", called.postpone, name="postpone"),
    path("elections/<slug:slug>/clock/", called.move, name="clock"),
]
