"""The application as the web server sees it: the public micro-cache in front, Django behind."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")

from shailoo.portal.microcache import MicroCache

application = MicroCache(get_wsgi_application())
