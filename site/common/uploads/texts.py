"""Plain text: nothing but letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .refusals import RefusedFile

if TYPE_CHECKING:
    from .kinds import Kind

_WIDE = (b"\xff\xfe", b"\xfe\xff")
# Signs that no text holds: C0 without tab, line feed, form feed and carriage return.
_NEVER = bytes(sorted(set(range(32)) - {9, 10, 12, 13}))


def look(file: Any, _kind: Kind) -> list[str]:
    """Nothing to warn of. Raises RefusedFile for what is not text."""
    file.seek(0)
    content: bytes = file.read()
    if content.startswith(_WIDE):
        content = content.decode("utf-16").encode()
    if content.translate(None, _NEVER) != content:
        raise RefusedFile(
            _("This is not a text: save it as plain text or CSV, and send it again."), "disguised"
        )
    return []
