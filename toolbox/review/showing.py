"""An answer in words, as it will be read: for the review and for what changed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from common.known import themes
from toolbox.blocks import WORDS
from toolbox.contribution.questions import Widget
from toolbox.models import ToolPage

from . import values
from .differences import lines
from .words import rich

if TYPE_CHECKING:
    from toolbox.contribution.questions import Question


def words(question: Question, answer: Any) -> str:
    """An answer as text: what is compared word by word."""
    widget = question.widget
    if widget in {Widget.RESULTS, Widget.STEPS}:
        rows = values.rows(answer, question.most or 20)
        return "\n".join("\n".join(_row_parts(question, row)) for row in rows)
    if widget is Widget.TICK:
        return _("Yes") if answer is True else _("No")
    if widget in {Widget.THEMES, Widget.TOOLS}:
        chosen = answer if isinstance(answer, list) else []
        labels = _labels(question, tuple(map(str, chosen)))
        return ", ".join(labels)
    text = str(answer or "") if not isinstance(answer, dict | list) else ""
    if widget is Widget.CHOICE:
        return ", ".join(_labels(question, (text,))) if text else ""
    return text


def _row_parts(question: Question, row: dict[str, Any]) -> list[str]:
    return [str(row.get(part.name) or "") for part in question.parts if row.get(part.name)]


def _labels(question: Question, chosen: tuple[str, ...]) -> list[str]:
    """What was chosen, by name; a key that names nothing any more stays a key."""
    if question.widget is Widget.TOOLS:
        return _tool_titles(chosen)
    if question.widget is Widget.THEMES:
        known = {theme.slug: str(theme.name) for theme in themes().values()}
    else:
        known = {str(key): str(label) for key, label in question.choices()}
    return [known.get(key, key) for key in chosen if key]


def _tool_titles(chosen: tuple[str, ...]) -> list[str]:
    keys = [key for key in map(values.as_key, chosen) if key]
    if not keys:
        return []
    pages = ToolPage.objects.filter(translation_key__in=keys).order_by("-locale_id", "pk")
    titles = {page.translation_key: page.title for page in pages.only("title", "translation_key")}
    return [titles.get(key, str(key)) for key in keys]


def reading(question: Question, answer: Any) -> SafeString:
    """An answer as it will be read on the page, as HTML."""
    if question.widget is Widget.WORDS:
        return as_read(str(answer or ""), headings=question.headings)
    if question.widget is Widget.STEPS:
        rows = values.rows(answer, question.most or 20)
        return format_html_join("", "<p><b>{}</b> {}</p>{}", (_step(row) for row in rows))
    if question.widget is Widget.RESULTS:
        rows = values.rows(answer, question.most or 20)
        pairs = ((values.line(row.get("value"), 20), values.line(row.get("label"), 120)) for row in rows)
        return format_html_join("", "<p><b>{}</b> {}</p>", pairs)
    text = words(question, answer)
    return format_html("<p>{}</p>", lines(text)) if text else SafeString("")


def _step(row: dict[str, Any]) -> tuple[str, str, SafeString]:
    text = as_read(str(row.get("text") or ""), headings=False)
    return values.line(row.get("title"), 120), values.line(row.get("duration"), 60), text


def as_read(typed: str, *, headings: bool) -> SafeString:
    """Typed words as rich text, through the same whitelists as what is published."""
    return mark_safe(expand_db_html(rich(typed, _features(headings))))  # noqa: S308 (nh3, then Wagtail's own)


@cache
def _features(headings: bool) -> tuple[str, ...]:
    return (*WORDS, "h3") if headings else tuple(WORDS)
