"""The application as the web server sees it: the public micro-cache in front, Django behind, own entries between."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")

site = get_wsgi_application()

from shailoo.portal.microcache import MicroCache  # noqa: E402  # Django is set up first
from shailoo.voters.enquiry.quick import OwnEntries  # noqa: E402  # as above

application = MicroCache(OwnEntries(site))
