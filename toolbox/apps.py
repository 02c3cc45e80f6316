"""Good practices and tools."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolboxConfig(AppConfig):
    """Good practices and tools."""

    name = "toolbox"
    verbose_name = _("Good practices and tools")

    def ready(self) -> None:
        from . import announcing, company, feeds, figures, sources  # noqa: PLC0415

        figures.register()
        feeds.register()
        sources.register()
        announcing.register()
        company.register()
