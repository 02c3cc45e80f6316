"""Charter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartersConfig(AppConfig):
    """Charter."""

    name = "charters"
    verbose_name = _("Charter")

    def ready(self) -> None:
        from . import audience, company, figures, sources, taken  # noqa: PLC0415

        figures.register()
        sources.register()
        company.register()
        audience.register()
        taken.register()
