"""Names of companies: folded to compare them, and made into addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.text import slugify

from common.generation import per_generation
from common.known import communes
from members.duplicates import plain_name
from members.models import FormerSlug, Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

SLUG_LENGTH = 70
FALLBACK = "entreprise"
# Words of addresses below `/espace/entreprise/`.
RESERVED = frozenset({"ajouter"})
SHORTEST = 2
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The words of a name in lower case, without accents or signs: `L’Œuvre d’Été` → l oeuvre d ete."""
    spelled = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(sign))
    return [word for word in _NOT_WORDS.split(bare) if word]


def free_slug(name: str) -> str:
    """An address that no organisation has, or ever had."""
    base = slugify(name)[:SLUG_LENGTH].strip("-") or FALLBACK
    taken = {
        *RESERVED,
        *Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True),
        *FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@per_generation
def _known() -> list[tuple[int, str, list[str]]]:
    """Key, plain name and words (of the name and of the commune) of the confirmed organisations."""
    places = communes()
    rows = Organisation.objects.confirmed().values_list("pk", "name", "commune_id")
    return [
        (pk, plain_name(name), [*words_of(name), *(words_of(places[code].name) if code in places else ())])
        for pk, name, code in rows.order_by("name", "pk")
    ]


def find(text: str, most: int) -> Sequence[Organisation]:
    """Confirmed organisations whose name and commune have all these words, or words that begin so.

    Those whose name begins with the text come first. Nothing for less than two letters.
    """
    asked = words_of(text)
    if len("".join(asked)) < SHORTEST:
        return []
    found = [
        (not name.startswith(" ".join(asked)), name, pk)
        for pk, name, words in _known()
        if all(any(word.startswith(each) for word in words) for each in asked)
    ]
    keys = [pk for _later, _name, pk in sorted(found)[:most]]
    rows = Organisation.objects.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def same_name(name: str) -> Sequence[Organisation]:
    """Confirmed organisations that bear this name, whatever its capitals, accents and legal form."""
    wanted = plain_name(name)
    keys = [pk for pk, known, _words in _known() if known == wanted]
    return list(Organisation.objects.filter(pk__in=keys).order_by("name", "pk"))
