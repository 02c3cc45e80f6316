"""The text that goes with the files of a kit: what each is for, under which licence, where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from common.addresses import absolute, path_of

from .licences import licence_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolbox.models import KitPage

    from .kits import Entry

NAME = "LISEZMOI.txt"


def readme(page: KitPage, entries: Sequence[Entry], left_out: int) -> str:
    """Plain text in the language of the site; lines end as the plainest of editors wants them."""
    with override(settings.LANGUAGE_CODE):
        lines = [page.title, "=" * len(page.title), "", page.summary, absolute(path_of(page)), ""]
        for number, entry in enumerate(entries, start=1):
            lines += _about(number, entry)
        if left_out:
            lines += [
                ngettext(
                    "%(n)s tool of this kit is not in this archive: it is for members or signatories.",
                    "%(n)s tools of this kit are not in this archive: they are for members or signatories.",
                    left_out,
                )
                % {"n": left_out},
                "",
            ]
        return "\r\n".join(lines)


def _about(number: int, entry: Entry) -> list[str]:
    licence = licence_of(entry.tool.licence)
    lines = [f"{number}. {entry.title}"]
    if entry.note:
        lines.append(f"   {entry.note}")
    if entry.name:
        lines.append(f"   {_('File:')} {entry.name}")
    elif entry.tool.address:
        lines.append(f"   {_('Stands elsewhere:')} {entry.tool.address}")
    if entry.tool.version:
        lines.append(f"   {_('Version:')} {entry.tool.version}")
    lines.append(f"   {_('Licence:')} {licence.name}{f' – {licence.address}' if licence.address else ''}")
    if entry.tool.organisation:
        lines.append(f"   {_('Shared by:')} {entry.tool.organisation.name}")
    return [*lines, f"   {_('How to use it:')} {entry.address}", ""]
