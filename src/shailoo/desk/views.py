"""The staff's first page: what is due for the office in use, most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from shailoo.accounts.web import office_of, signed_in
from shailoo.desk.duties import duties


@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """For a TEC operator or chairperson at 03:00: what waits for me, how much of it, and by which norm."""
    office = office_of(request)
    if office is None:
        return redirect("accounts:offices")
    return render(request, "desk/home.html", {"office": office, "duties": duties(office)})
