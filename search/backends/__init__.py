"""Where entries are looked up: a backend is chosen by `settings.SITE_SEARCH_BACKEND`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from search.backends.base import Backend


def backend() -> Backend:
    """The backend that the settings name."""
    chosen: Backend = import_string(settings.SITE_SEARCH_BACKEND)()
    return chosen
