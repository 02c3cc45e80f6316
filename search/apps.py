"""Search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Connects what makes entries follow what they stand for."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from common.ticking import DAY, Job, jobs  # noqa: PLC0415
        from search import changes, indexing, taken  # noqa: PLC0415

        changes.connect()
        taken.register()
        # Mends what no signal tells: a theme renamed, a home page published in another language.
        jobs.register(Job("search.rebuild", DAY, indexing.rebuild))
