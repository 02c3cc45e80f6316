"""What the content checker looks for in a page, in words that say what to do about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

TITLE_LENGTH = 75
# Words that say nothing of where a link leads, in our three languages.
VAGUE = (
    "ici", "cliquez ici", "cliquer ici", "en savoir plus", "en savoir +", "lire la suite", "lire plus", "suite",
    "la suite", "lien", "ce lien", "plus", "here", "click here", "read more", "more", "link", "hier", "klik hier",
    "lees meer", "meer",
)  # fmt: skip


def _rule(name: str, selector: str) -> dict[str, Any]:
    """Every element that `selector` finds must pass the check of the same name (`admin/checks.js`)."""
    return {
        "id": name,
        "impact": "moderate",
        "selector": selector,
        "tags": ["best-practice"],
        "any": [f"check-{name}"],
        "enabled": True,
    }


class SiteContentChecker(ContentCheckerItem):
    """Wagtail's rules, those of ours that a person can act on, and French messages that teach."""

    # Not the furniture: what the page's editor can change. The editor's panel takes one selector only.
    axe_include: ClassVar[list[str]] = ["main"]
    axe_run_only: ClassVar[list[str]] = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "table-duplicate-name",
        "td-has-header",
        "title-length",
        "vague-link",
        "video-caption",
    ]
    axe_custom_rules: ClassVar[list[dict[str, Any]]] = [
        *ContentCheckerItem.axe_custom_rules,
        _rule("title-length", "h1"),
        _rule("vague-link", "main a[href]"),
    ]
    axe_custom_checks: ClassVar[list[dict[str, Any]]] = [
        *ContentCheckerItem.axe_custom_checks,
        {"id": "check-title-length", "options": {"most": TITLE_LENGTH}},
        {"id": "check-vague-link", "options": {"vague": VAGUE}},
    ]
    axe_messages: ClassVar[dict[str, dict[str, Any]]] = {
        **ContentCheckerItem.axe_messages,
        "heading-order": {
            "error_name": _("A level of heading is skipped"),
            "help_text": _(
                "A sub-section stands below a section. Screen readers jump from heading to heading."
            ),
        },
        "p-as-heading": {
            "error_name": _("A paragraph plays at heading"),
            "help_text": _("Bold words alone on a line: use a “Heading” block, which is announced."),
        },
        "image-alt": {
            "error_name": _("A picture says nothing to those who do not see it"),
            "help_text": _("Say in ten words what it shows, or mark it as decorative."),
        },
        "alt-text-quality": {
            "error_name": _("The description of a picture looks like a file name"),
            "help_text": _("Say in ten words what the picture shows."),
        },
        "image-redundant-alt": {
            "error_name": _("A picture repeats the words beside it"),
            "help_text": _("Read aloud, they are heard twice: mark the picture as decorative."),
        },
        "empty-meta-description": {
            "error_name": _("The telling sentence is missing"),
            "help_text": _("Search engines and shared links show it. Say in one sentence what one learns."),
        },
        "title-length": {
            "error_name": _("The title is long"),
            "help_text": _("Beyond 75 characters, search engines and shared links cut it."),
        },
        "vague-link": {
            "error_name": _("A link does not say where it leads"),
            "help_text": _(
                "Put the link on the words that name the page: links are also read out of their sentence."
            ),
        },
        "td-has-header": {
            "error_name": _("A table has no header cells"),
            "help_text": _("In the table block, choose which row or column is a header."),
        },
        "table-duplicate-name": {
            "error_name": _("A table’s caption and summary say the same"),
            "help_text": _("Keep the caption."),
        },
        "video-caption": {
            "error_name": _("A film has no captions"),
            "help_text": _("Add a .vtt or .srt file to the video’s page."),
        },
    }

    class Media:
        js = ("admin/checks.js",)


def use_site_checker(_request: Any, items: list[Any], _page: Any) -> None:
    """`construct_wagtail_userbar`: our checker in place of Wagtail's."""
    items[:] = [
        SiteContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
