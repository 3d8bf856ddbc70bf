"""Addresses of the desk's pages of lots, below /<language>/desk/lots/."""

from django.urls import path

from shailoo.lots.views import desk

app_name = "lots_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("prepare/", desk.prepare, name="prepare"),
    path("<int:pk>/", desk.lot, name="lot"),
    path("<int:pk>/publish/", desk.publish, name="publish"),
    path("<int:pk>/digits/", desk.digits, name="digits"),
    path("<int:pk>/draw/", desk.draw_now, name="draw"),
    path("<int:pk>/void/", desk.void, name="void"),
]
