"""The demo's identity provider as a web server sees it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.web.idp.settings"
application = get_wsgi_application()
