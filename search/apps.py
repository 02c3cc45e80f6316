"""Search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Connects what makes entries follow what they stand for."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import changes  # noqa: PLC0415

        changes.connect()
