"""Addresses of the desk's counting pages, below /<language>/desk/counting/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "counting"
urlpatterns: list[URLPattern] = []
