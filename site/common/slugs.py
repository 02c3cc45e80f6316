"""Addresses of pages out of French titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.text import slugify

if TYPE_CHECKING:
    from wagtail.models import Page

SLUG_LENGTH = 80
APOSTROPHES = re.compile(r"['’ʼ]")
LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})


def french_slug(title: str) -> str:
    """`L’œuvre d’une vie` → `l-oeuvre-d-une-vie`: Django’s own drops apostrophes and ligatures."""
    spaced = APOSTROPHES.sub(" ", title).translate(LIGATURES)
    return slugify(spaced)[:SLUG_LENGTH].strip("-") or "page"


def free_slug(parent: Page, title: str) -> str:
    """A slug that no other page below `parent` has."""
    base = french_slug(title)
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)
