"""Addresses of the register's pages at the desk, below /<language>/desk/voters/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.views import desk

app_name = "voters"
urlpatterns = [
    path("", desk.index, name="index"),
    path("deliver/", desk.deliver, name="deliver"),
    path("keys/", desk.keys, name="keys"),
    path("keys/<int:pk>/withdraw/", desk.withdraw, name="withdraw_key"),
    path("close/", desk.close, name="close"),
    path("deliveries/<int:pk>/", desk.delivery, name="delivery"),
    path("deliveries/<int:pk>/faults/", desk.faults, name="faults"),
    path("deliveries/<int:pk>/faults.csv", desk.fault_file, name="fault_file"),
    path("deliveries/<int:pk>/precincts/", desk.precincts, name="precincts"),
    path("deliveries/<int:pk>/accept/", desk.accept, name="accept"),
    path("deliveries/<int:pk>/refuse/", desk.refuse, name="refuse"),
]
