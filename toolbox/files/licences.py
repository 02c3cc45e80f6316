"""Licences in words: what one may do, and where the text stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from toolbox.models import ToolFields

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class LicenceInWords:
    """A licence for who has never read one. `address` leads to its text; none for reserved rights."""

    name: str | _StrPromise
    allows: str | _StrPromise
    address: str = ""


_KINDS = ToolFields.Licence
_LICENCES = {
    _KINDS.CC_BY: LicenceInWords(
        "CC BY 4.0",
        _("You may copy, change and share it, at work too, if you name who made it."),
        "https://creativecommons.org/licenses/by/4.0/deed.fr",
    ),
    _KINDS.CC_BY_SA: LicenceInWords(
        "CC BY-SA 4.0",
        _("You may copy, change and share it if you name who made it, and share your version likewise."),
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ),
    _KINDS.OPEN: LicenceInWords(
        _("Open Licence 2.0"),
        _("You may use it freely, also in your trade, if you say where it comes from and of when it is."),
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    _KINDS.RESERVED: LicenceInWords(
        _("All rights reserved"), _("For use within your company; ask its author before you share it.")
    ),
}


def licence_of(code: str) -> LicenceInWords:
    """A licence in words; an unknown one reserves everything."""
    return (
        _LICENCES.get(_KINDS(code), _LICENCES[_KINDS.RESERVED])
        if code in _KINDS.values
        else (_LICENCES[_KINDS.RESERVED])
    )
