"""The program as a web server sees it."""

import atexit
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from motcua.core import memory, tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
application = get_wsgi_application()
tracing.start("motcua-web", settings.OTLP_ENDPOINT)
atexit.register(tracing.end)
_ = get_resolver().url_patterns  # loads every view before the first request
memory.settle()
