"""SIRET numbers as people type them: what is wrong with one, said precisely."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum import luhn
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number

SIREN_DIGITS, SIRET_DIGITS = 9, 14
SHOWN_DIGITS = 5
# Whatever stands between groups of digits, in print or pasted from a spreadsheet: spaces of every
# width, points, hyphens, and the marks that turn the direction of writing round.
_SEPARATORS = re.compile(r"[\s.·\-\u00ad\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_LABEL = re.compile(r"^(?:n[°o]?)?sire[tn]:?", re.IGNORECASE)
_VAT = re.compile(r"^FR[0-9A-Z]{2}\d{9}$", re.IGNORECASE)


def compact(text: str) -> str:
    """What was typed without its separators; a full-width digit is a digit."""
    return _LABEL.sub("", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))


def parse(text: str) -> str:
    """The 14 digits of a SIRET. Raises ValidationError with the reason why it is not one.

    Both keys are checked (Luhn on the SIREN and on the whole, INSEE), with La Poste's exception:
    the digits of its sites add up to a multiple of five.
    """
    number = compact(text)
    problem = shape_problem(number) or checksum_problem(number)
    if problem:
        raise ValidationError(problem, code="siret")
    return number


def shape_problem(number: str) -> str:
    """What is wrong before any arithmetic; empty when nothing is."""
    if not number:
        return _("Enter the SIRET of your company: 14 digits.")
    if _VAT.match(number):
        return _("This is a VAT number. The SIRET has 14 digits and no letter.")
    wrong = "".join(dict.fromkeys(sign for sign in number if sign not in "0123456789"))
    if wrong:
        return _("A SIRET holds digits only: take out “%(signs)s”.") % {"signs": wrong[:10]}
    if len(number) == SIREN_DIGITS:
        return _(
            "These 9 digits are the SIREN, the number of the company. Add the five digits of the NIC, "
            "the number of your site: they follow it on a payslip."
        )
    if len(number) != SIRET_DIGITS:
        return ngettext(
            "This number has %(count)d digit; a SIRET has 14.",
            "This number has %(count)d digits; a SIRET has 14.",
            len(number),
        ) % {"count": len(number)}
    return ""


def checksum_problem(number: str) -> str:
    """Where a digit is probably mistyped; empty when both keys are right."""
    if not luhn.is_valid(number[:SIREN_DIGITS]):
        return _("This SIRET does not exist: one of its first nine digits is probably mistyped.")
    try:
        siret_number.validate(number)
    except NumberError:
        return _(
            "This SIRET does not exist: one of its digits is probably mistyped. Check the last five first."
        )
    return ""


def spaced(number: str) -> str:
    """As it is printed: `732 829 320 00074`; empty for none."""
    return str(siret_number.format(number)) if number else ""


def masked(number: str) -> str:
    """Enough to recognise one's own among others: `••• ••• ••• 00074`; empty for none."""
    return f"••• ••• ••• {number[-SHOWN_DIGITS:]}" if number else ""
