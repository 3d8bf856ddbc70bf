"""Addresses of the desk's own pages; the departments' pages stand under /desk/<department>/."""

from django.urls import path

from shailoo.desk import inviting, people, readings, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", people.listed, name="people"),
    path("people/people.csv", people.file, name="people_file"),
    path("people/<int:person>/", people.one, name="person"),
    path("invitations/", inviting.listed, name="invitations"),
    path("invitations/new/", inviting.new, name="invite"),
    path("invitations/<int:invitation>/withdraw/", inviting.withdraw, name="withdraw"),
    path("readings/", readings.page, name="readings"),
    path("readings/readings.csv", readings.file, name="readings_file"),
]
