"""The floor: a Django without middleware whose only view returns bytes that were ready before.

`BENCH_BODY` names the file that holds them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

if TYPE_CHECKING:
    from django.http import HttpRequest

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def answer(_request: HttpRequest) -> HttpResponse:
    """The same bytes for every address."""
    return HttpResponse(BODY, headers={"Content-Encoding": "br"})


urlpatterns = [re_path(r"", answer)]
settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["127.0.0.1"])
application = get_wsgi_application()
