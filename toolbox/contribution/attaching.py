"""Pictures and documents that go with a contribution: looked at, counted, kept in a private folder.

Sending or changing a file does not count as a save of the words: nobody's open form is refused for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.uploads import RefusedFile, inspect
from common.uploads.pictures import rewritten
from toolbox.models import Contribution, ContributionFile

from . import rules
from .drafting import writable
from .reading import clean_text
from .refusals import Refusal, TooMany

if TYPE_CHECKING:
    from members.models import User

FOLDER = "contributions"
MEGA = 1_000_000
MOST_BYTES = 40 * MEGA
Role = ContributionFile.Role
MOST = {Role.PICTURE: 6, Role.DOCUMENT: 4}
# A tool is one file; its former versions are kept by the toolbox.
MOST_OF_A_TOOL = {Role.PICTURE: 0, Role.DOCUMENT: 1}


class NotTaken(Refusal):
    """The file is not kept; the text says why and what to do."""


@dataclass(frozen=True)
class Room:
    """What may still be sent."""

    pictures: int
    documents: int
    size: int


def most_of(contribution: Contribution, role: str) -> int:
    """How many files of a role a contribution may have."""
    limits = MOST_OF_A_TOOL if contribution.kind == Contribution.Kind.TOOL else MOST
    return limits[Role(role)]


def room_of(contribution: Contribution) -> Room:
    """What is left of the limits."""
    rows = list(contribution.files.all())
    left = {role: most_of(contribution, role) - sum(row.role == role for row in rows) for role in Role}
    return Room(
        max(left[Role.PICTURE], 0),
        max(left[Role.DOCUMENT], 0),
        max(MOST_BYTES - sum(row.size for row in rows), 0),
    )


def attach(
    contribution: Contribution, user: User, upload: Any, role: str, description: str = "", credit: str = ""
) -> ContributionFile:
    """Keep a file. Raises NotTaken, TooMany, and what `writable` raises.

    Of a picture, only the picture is kept: neither where nor when it was taken.
    """
    refuse_beyond(contribution, role, upload.size)
    try:
        found = inspect(upload, role=role, from_staff=False)
        kept = rewritten(upload) if role == Role.PICTURE else upload
    except RefusedFile as refused:
        raise NotTaken(refused.message) from refused
    values: dict[str, Any] = {
        "role": role,
        "name": clean_text(PurePosixPath(upload.name or "").name, one_line=True)[:200],
        "size": kept.size,
        "content_type": found.content_type,
        "description": clean_text(description, one_line=True)[:300],
        "credit": clean_text(credit, one_line=True)[:200],
        "verdict": found.verdict,
        "findings": list(found.findings),
    }
    with transaction.atomic():
        row = writable(contribution, user)
        refuse_beyond(row, role, kept.size)
        if row.files.filter(sha256=found.sha256).exists():
            raise NotTaken(_("This file is here already."))
        place = max((file.position for file in row.files.all()), default=0) + 1
        file = ContributionFile(contribution=row, sha256=found.sha256, position=place, **values)
        file.file.save(values["name"], File(kept), save=False)
        try:
            file.save()
            touch(row)
        except BaseException:
            default_storage.delete(str(file.file.name))
            raise
    return file


def refuse_beyond(contribution: Contribution, role: str, size: int) -> None:
    """Raise TooMany when a file of that size is one too many."""
    room = room_of(contribution)
    if not (room.pictures if role == Role.PICTURE else room.documents):
        raise TooMany(
            _("No more than %(n)d: remove one first.") % {"n": most_of(contribution, role)}
            if most_of(contribution, role)
            else _("A tool is a file or a link: pictures go into the file.")
        )
    if size > room.size:
        raise TooMany(
            _("All files together may weigh %(most)d MB: there is room for %(left)d MB.")
            % {"most": MOST_BYTES // MEGA, "left": room.size // MEGA}
        )


def touch(contribution: Contribution) -> None:
    """It was worked on: the ninety days begin again."""
    Contribution.objects.filter(pk=contribution.pk).update(saved_at=timezone.now(), warned_at=None)


def remove(contribution: Contribution, user: User, public_id: str) -> None:
    """Take a file away; no error when it is gone."""
    with transaction.atomic():
        row = writable(contribution, user)
        file = row.files.filter(public_id=public_id).first()
        if file is None:
            return
        name = str(file.file.name)
        file.delete()
        touch(row)
        transaction.on_commit(lambda: default_storage.delete(name))


def describe(contribution: Contribution, user: User, public_id: str, description: str, credit: str) -> None:
    """Say what one sees on a picture, and who made it."""
    with transaction.atomic():
        row = writable(contribution, user)
        row.files.filter(public_id=public_id).update(
            description=clean_text(description, one_line=True)[:300],
            credit=clean_text(credit, one_line=True)[:200],
        )
        touch(row)


def move(contribution: Contribution, user: User, public_id: str, by: int) -> None:
    """Put a file one place up (−1) or down (+1) among those of its role."""
    with transaction.atomic():
        row = writable(contribution, user)
        files = list(row.files.select_for_update(of=("self",)))
        file = next((each for each in files if each.public_id == public_id), None)
        if file is None:
            return
        same = [each for each in files if each.role == file.role]
        place = same.index(file)
        other = max(0, min(place + by, len(same) - 1))
        same.insert(other, same.pop(place))
        rest = [each for each in files if each.role != file.role]
        for position, each in enumerate([*same, *rest], start=1):
            each.position = position
        ContributionFile.objects.bulk_update(files, ["position"])


def delete_files(contribution: Contribution) -> None:
    """Delete the stored files when the transaction commits; the rows go with the contribution."""
    names = [str(file.file.name) for file in contribution.files.all()]

    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(delete)


def may_see(user: Any, name: str) -> bool:
    """The guard of the folder. What the checks refused is shown to nobody."""
    file = ContributionFile.objects.select_related("contribution__organisation").filter(file=name).first()
    if file is None or file.verdict == ContributionFile.Verdict.REFUSED:
        return False
    return rules.may_see_files(user, file.contribution)
