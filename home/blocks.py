"""Sections of the home page. They fill themselves, so that the page is never stale."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.blocks import CallToActionBlock, FiguresBlock, QuoteBlock


class SectionBlock(blocks.StructBlock):
    """What the sections have in common. `fill` says what the section shows today."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    lead = blocks.TextBlock(label=_("Sentence"), required=False)

    def fill(self, value: Any) -> dict[str, Any]:
        """The rows to show."""
        return {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, **self.fill(value)}

    def get_preview_value(self) -> Any:
        value = self.get_default()
        value["title"] = str(self.meta.label)
        if "label" in self.child_blocks:
            value["label"] = "Lire la charte"
        return value


class LatestPracticesBlock(SectionBlock):
    """Four practices: chosen ones first, then the latest."""

    chosen = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="toolbox.PracticePage"), label=_("Chosen"), max_num=4, default=[]
    )

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import latest_practices  # noqa: PLC0415 (it reads the models)

        return latest_practices([page.pk for page in value["chosen"] if page])

    class Meta:
        icon = "pick"
        label = _("Good practices")
        template = "home/sections/practices.html"


class ComingEventsBlock(SectionBlock):
    """The next events."""

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import coming_events  # noqa: PLC0415 (it reads the models)

        return coming_events()

    class Meta:
        icon = "date"
        label = _("Coming events")
        template = "home/sections/events.html"


class CharterBandBlock(SectionBlock):
    """The charter and what it counts."""

    label = blocks.CharBlock(label=_("Button"), max_length=40)

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import charter_band  # noqa: PLC0415 (it reads the models)

        return charter_band()

    class Meta:
        icon = "form"
        label = _("Charter")
        template = "home/sections/charter.html"


class ThemesBlock(SectionBlock):
    """The thirteen themes by family, each with its number of practices."""

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import themes_by_family  # noqa: PLC0415 (it reads the models)

        return themes_by_family()

    class Meta:
        icon = "tag"
        label = _("Themes")
        template = "home/sections/themes.html"


class LatestToolsBlock(SectionBlock):
    """Four tools."""

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import latest_tools  # noqa: PLC0415 (it reads the models)

        return latest_tools()

    class Meta:
        icon = "doc-full"
        label = _("Tools")
        template = "home/sections/tools.html"


class LatestVideoBlock(SectionBlock):
    """The latest video."""

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import latest_video  # noqa: PLC0415 (it reads the models)

        return latest_video()

    class Meta:
        icon = "media"
        label = _("Video")
        template = "home/sections/video.html"


class LatestNewsBlock(SectionBlock):
    """Three news items."""

    def fill(self, value: Any) -> dict[str, Any]:
        from home.sections import latest_news  # noqa: PLC0415 (it reads the models)

        return latest_news()

    class Meta:
        icon = "doc-full-inverse"
        label = _("News")
        template = "home/sections/news.html"


class FiguresSectionBlock(FiguresBlock):
    """Key figures across the page."""

    class Meta:
        template = "home/sections/figures.html"


class QuoteSectionBlock(QuoteBlock):
    """Somebody's words across the page."""

    class Meta:
        template = "home/sections/quote.html"


class CallToActionSectionBlock(CallToActionBlock):
    """The one thing to do next, across the page."""

    class Meta:
        template = "home/sections/call_to_action.html"


class HomeBlock(blocks.StreamBlock):
    """The sections that the home page is composed of."""

    practices = LatestPracticesBlock()
    events = ComingEventsBlock()
    charter = CharterBandBlock()
    themes = ThemesBlock()
    tools = LatestToolsBlock()
    video = LatestVideoBlock()
    news = LatestNewsBlock()
    figures = FiguresSectionBlock()
    quote = QuoteSectionBlock()
    call_to_action = CallToActionSectionBlock()
