"""Good practices and tools."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolboxConfig(AppConfig):
    """Good practices and tools."""

    name = "toolbox"
    verbose_name = _("Good practices and tools")

    def ready(self) -> None:
        from . import announcing, company, feeds, figures, sources, taken  # noqa: PLC0415
        from .adopting import registration as adopting  # noqa: PLC0415
        from .contribution import registration as contribution  # noqa: PLC0415
        from .files import registration as files  # noqa: PLC0415
        from .finding import registration as finding  # noqa: PLC0415
        from .importing import registration as importing  # noqa: PLC0415
        from .review import registration as review  # noqa: PLC0415

        figures.register()
        feeds.register()
        sources.register()
        announcing.register()
        company.register()
        taken.register()
        for part in (contribution, review, adopting, files, finding, importing):
            part.register()
