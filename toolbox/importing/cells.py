"""What the cells of a file may say, and how they are understood."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.known import themes
from common.slugs import french_slug
from members.models import Organisation

from .refusals import WrongCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import TextChoices

    from common.models import Theme

YES = frozenset({"1", "oui", "o", "vrai", "yes", "y", "true", "x", "ja"})
NO = frozenset({"0", "non", "n", "faux", "no", "false", "nee"})
LISTED = re.compile(r"[|;\n]|,(?!\d)")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
# Excel counts days from here, and writes a bare number where a column was not known as dates.
EXCEL_EPOCH = dt.date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)
SIRET_DIGITS = 14
EARLIEST = 1950
MOST_THEMES = 3


def folded(text: str) -> str:
    """A word without case, accents, signs or double blanks, to compare it."""
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'").casefold())
    return re.sub(
        r"[^a-z0-9€<>+]+", " ", "".join(sign for sign in bare if not unicodedata.combining(sign))
    ).strip()


def text_of(most: int, least: int = 0) -> Callable[[str], str]:
    """One line, of at most so many characters."""

    def read(cell: str) -> str:
        line = " ".join(cell.split())
        if len(line) > most:
            raise WrongCell(
                _("too long: %(n)s characters, %(most)s at most") % {"n": len(line), "most": most}
            )
        if len(line) < least:
            raise WrongCell(_("too short: at least %(n)s characters") % {"n": least})
        return line

    return read


def slug(cell: str) -> str:
    """The end of the address, which tells a line from the others for ever."""
    made = french_slug(cell)
    if cell.strip().lower() != made:
        raise WrongCell(
            _("not an address: letters without accents, digits and hyphens, for example “%(slug)s”")
            % {"slug": made}
        )
    return made


@cache
def _keys(choices: type[TextChoices], language: str) -> dict[str, str]:
    with override(language):
        return {folded(str(word)): key for key, label in choices.choices for word in (key, label)}


def choice_of(choices: type[TextChoices]) -> Callable[[str], str]:
    """One of a closed list, by its key or by its label in any language of the site."""

    def read(cell: str) -> str:
        wanted = folded(cell)
        for language in ("fr", "en", "nl"):
            if wanted in (known := _keys(choices, language)):
                return known[wanted]
        listed = ", ".join(str(label) for label in choices.labels)
        raise WrongCell(_("“%(cell)s” is none of: %(listed)s") % {"cell": cell[:60], "listed": listed})

    return read


def theme_list(cell: str) -> list[Theme]:
    """One to three themes, the main one first, by slug or by name; separated by | or ;."""
    known = {
        folded(word): theme for theme in themes().values() for word in (theme.slug, *theme.names.values())
    }
    found: list[Theme] = []
    # A name may hold a comma: the whole cell is tried first.
    words = [cell] if folded(cell) in known else [word for word in LISTED.split(cell) if word.strip()]
    for word in words:
        theme = known.get(folded(word))
        if theme is None:
            raise WrongCell(_("“%(word)s” is no theme of the site") % {"word": word.strip()[:60]})
        if theme not in found:
            found.append(theme)
    if not 1 <= len(found) <= MOST_THEMES:
        raise WrongCell(_("give one to three themes, the main one first"))
    return found


def organisation(cell: str) -> Organisation:
    """A company of the site, by SIRET, by the end of its address or by its exact name."""
    digits = re.sub(r"[\s.\u00a0\u202f]", "", cell)
    if len(digits) == SIRET_DIGITS and digits.isdigit():
        found = list(Organisation.objects.filter(siret=digits)[:2])
    else:
        found = list(Organisation.objects.filter(slug=cell.strip().lower())[:2]) or list(
            Organisation.objects.filter(name__iexact=" ".join(cell.split()))[:2]
        )
    if len(found) > 1:
        raise WrongCell(_("several companies are named “%(cell)s”: give its SIRET") % {"cell": cell[:60]})
    if not found:
        raise WrongCell(
            _("no company of the site is “%(cell)s”: add it first, or give its SIRET") % {"cell": cell[:60]}
        )
    return found[0]


def yes_or_no(cell: str) -> bool:
    """Yes or no, in the words that people use."""
    word = folded(cell)
    if word in YES:
        return True
    if word in NO:
        return False
    raise WrongCell(_("“%(cell)s” is neither yes nor no") % {"cell": cell[:30]})


def year(cell: str) -> int:
    """A year that was, or the present one."""
    number = int(cell) if re.fullmatch(r"\d{4}", cell) else 0
    if not EARLIEST <= number <= timezone.localdate().year:
        raise WrongCell(_("“%(cell)s” is not a year that has begun") % {"cell": cell[:30]})
    return number


def number_of(most: int) -> Callable[[str], int]:
    """A whole number from 1 on."""

    def read(cell: str) -> int:
        digits = re.sub(r"[\s\u00a0\u202f]", "", cell)
        if not re.fullmatch(r"\d{1,9}", digits) or not 1 <= int(digits) <= most:
            raise WrongCell(
                _("“%(cell)s” is not a number from 1 to %(most)s") % {"cell": cell[:30], "most": most}
            )
        return int(digits)

    return read


def day(cell: str) -> dt.date:
    """A day, ISO or as France writes it; or the bare number that Excel makes of one."""
    written = cell.strip().split("T")[0].split(" ")[0]
    for form in DATES:
        try:
            found = dt.datetime.strptime(written, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        return _not_to_come(found, cell)
    if written.isdigit() and int(written) in EXCEL_DAYS:
        return _not_to_come(EXCEL_EPOCH + dt.timedelta(days=int(written)), cell)
    raise WrongCell(_("“%(cell)s” is not a date: write 31/12/2025") % {"cell": cell[:30]})


def _not_to_come(found: dt.date, cell: str) -> dt.date:
    if found > timezone.localdate() or found.year < EARLIEST:
        raise WrongCell(_("“%(cell)s” is not a day that has been") % {"cell": cell[:30]})
    return found


def web_address(cell: str) -> str:
    """The address of a page elsewhere."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise WrongCell(_("“%(cell)s” is not the address of a page") % {"cell": cell[:80]}) from error
    return urlsplit(address).geturl()


def language_code(cell: str) -> str:
    """A language, by its code."""
    code = cell.strip().lower()[:5]
    if not re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", code):
        raise WrongCell(
            _("“%(cell)s” is not the code of a language: write fr, en or nl") % {"cell": cell[:30]}
        )
    return code
