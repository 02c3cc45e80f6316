"""How a practice or a tool is called, and where it stands: a row has no title of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from common.addresses import locale_ids, path_for
from members.space.following import Subject
from toolbox.models import Practice, PracticePage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolbox.models import Tool

NOWHERE = Subject("", "")


def subjects_of(rows: Collection[Practice | Tool]) -> dict[Any, Subject]:
    """Title and address of some rows of one kind, by their key; in French where they are not translated.

    One query. What was never published in a language anybody reads is left out.
    """
    rows = list(rows)
    if not rows:
        return {}
    model: Any = PracticePage if isinstance(rows[0], Practice) else ToolPage
    codes = {locale: code for code, locale in locale_ids().items()}
    wanted = {settings.LANGUAGE_CODE: 0, get_language() or "": 1}
    pages = model.objects.filter(translation_key__in=[row.translation_key for row in rows])
    found: dict[Any, tuple[int, Subject]] = {}
    for key, title, path, locale in pages.order_by("pk").values_list(
        "translation_key", "title", "url_path", "locale_id"
    ):
        rank = wanted.get(codes.get(locale, ""), -1)
        if rank >= found.get(key, (-1, NOWHERE))[0]:
            found[key] = rank, Subject(title, path_for(path, locale))
    return {key: subject for key, (rank, subject) in found.items() if rank >= 0}


def subject_of(row: Practice | Tool) -> Subject:
    """Title and address of one row; empty when it has no page."""
    return subjects_of([row]).get(row.translation_key, NOWHERE)


def title_of(row: Practice | Tool) -> str:
    """How it is called, in the active language."""
    return subject_of(row).title
