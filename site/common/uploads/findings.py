"""What a file may hold that its reader should know of. Codes are kept; sentences are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

MACROS = "macros"
SCRIPT = "script"
LAUNCH = "launch"
EMBEDDED = "embedded"
REMOTE = "remote"
OPAQUE = "opaque"
INFECTED = "infected"
MISSING = "missing"
DOUBTFUL = "doubtful"

# Shown beside the download.
WARNINGS: dict[str, _StrPromise] = {
    MACROS: _("Contains macros: open it only if you expected them."),
    SCRIPT: _("Contains scripts that run when it is opened."),
    LAUNCH: _("Asks to start another program when it is opened."),
    EMBEDDED: _("Contains other files."),
    REMOTE: _("Fetches something from the network when it is opened."),
    OPAQUE: _("Contains parts that could not be checked."),
}
# Told to a member whose file is not taken for it: what, and what to do.
REFUSALS: dict[str, _StrPromise] = {
    MACROS: _("This file contains macros: save a copy without them (.docx, .xlsx, .pptx) and send that one."),
    SCRIPT: _("This PDF contains scripts: print it to a new PDF and send that one."),
    LAUNCH: _("This PDF starts another program when it is opened: print it to a new PDF and send that one."),
    EMBEDDED: _("This file contains other files: take them out, and send each of them apart."),
    REMOTE: _("This file fetches something from the network when it is opened: unlink its template first."),
    OPAQUE: _(
        "This file contains parts that we cannot check: save it again, or as a PDF, and send that one."
    ),
}
# Shown to staff only: such a file is not served.
STAFF_ONLY: dict[str, _StrPromise] = {
    INFECTED: _("The virus scanner refused it."),
    MISSING: _("The file is not there any more."),
    DOUBTFUL: _("It is not what its name says, or it cannot be read."),
}


def explain(codes: Iterable[str]) -> list[_StrPromise]:
    """The sentences of some codes, in their order; nothing of codes that are not known any more."""
    everything = WARNINGS | STAFF_ONLY
    return [everything[code] for code in codes if code in everything]
