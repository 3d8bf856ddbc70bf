"""The address of the link that an invitation is: outside the desk, for who opens it has no office yet."""

from django.urls import path

from shailoo.desk import inviting

urlpatterns = [path("invitation/<str:secret>/", inviting.accepting, name="invitation")]
