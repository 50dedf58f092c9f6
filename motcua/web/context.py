"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and whether it is a trial."""
    return {"site_name": settings.SITE_NAME, "trial": settings.TRIAL}
