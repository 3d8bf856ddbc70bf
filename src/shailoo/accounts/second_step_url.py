"""The one address that django-allauth looks up by its own name."""

from django.urls import path

from shailoo.accounts.views import entering

urlpatterns = [path("sign-in/second-step/", entering.second_step, name="mfa_authenticate")]
