"""Copies of everything about one person: asked, prepared in the background, kept seven days, hers alone."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_tasks import task

from common.mail import known_language
from common.storage import PRIVATE_PREFIX
from members.companies.refusals import Refusal
from members.models import DataExport, DataRequest, User

from . import archive, emails, register, retention

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

logger = logging.getLogger("atoutage.privacy")

FOLDER = "exports"
MOST_ATTEMPTS = 3
MOST_A_DAY = 3
# The queue tries for three hours; what still waits then was lost with its worker.
LOST_AFTER = dt.timedelta(hours=6)
State = DataExport.State


class TooManyExportsError(Refusal):
    """Several copies were made today."""


def ask(user: User) -> DataExport:
    """Ask for a copy: one in the making at a time, `MOST_A_DAY` a day. Raises TooManyExportsError."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        begun = DataExport.objects.filter(user=user, state=State.ASKED).first()
        if begun is not None:
            return begun
        since = timezone.now() - dt.timedelta(days=1)
        if DataExport.objects.filter(user=user, asked_at__gt=since).count() >= MOST_A_DAY:
            raise TooManyExportsError(
                gettext_lazy("You asked for several copies today already. Ask again tomorrow.")
            )
        export = DataExport.objects.create(user=user)
        with override(known_language(user.language)):
            register.record_answered(DataRequest.Kind.ACCESS, user, _("A copy was prepared in the space."))
        prepare.enqueue(export.pk)
    return export


@task()
def prepare(pk: int) -> None:
    """Background task: make the archive. Tried `MOST_ATTEMPTS` times; then the person is told."""
    export = DataExport.objects.select_related("user").filter(pk=pk, state=State.ASKED).first()
    if export is None:
        return
    export.attempts += 1
    export.save(update_fields=["attempts"])
    try:
        name, size = _make(export)
    except Exception:
        if export.attempts < MOST_ATTEMPTS:
            raise
        logger.exception("copy of personal data given up", extra={"export": pk})
        give_up(export)
        return
    if not _deliver(export, name, size):
        default_storage.delete(name)


def _make(export: DataExport) -> tuple[str, int]:
    """Write the archive on disk, then into the private storage; return its name there and its size."""
    made_at = timezone.now()
    name = f"{PRIVATE_PREFIX}{FOLDER}/{get_random_string(32)}/atout-age-{timezone.localdate():%Y-%m-%d}.zip"
    with tempfile.TemporaryFile() as target:
        archive.write(export.user, target, made_at)
        size = target.tell()
        target.seek(0)
        return default_storage.save(name, File(target)), size


@transaction.atomic
def _deliver(export: DataExport, name: str, size: int) -> bool:
    """Say that the copy is there, in place of an older one; False when nobody waits for it any more."""
    row = DataExport.objects.select_for_update().filter(pk=export.pk, state=State.ASKED).first()
    if row is None or not row.user.is_active:
        return False
    for older in DataExport.objects.filter(user=row.user_id, state=State.READY):
        _expire(older)
    row.state, row.file, row.size, row.ready_at = State.READY, name, size, timezone.now()
    row.expires_at = retention.EXPORT.after(row.ready_at)
    row.save()
    emails.export_ready(row)
    return True


@transaction.atomic
def give_up(export: DataExport) -> None:
    """It cannot be made: the person is told, and the request is open again, for staff to answer."""
    row = DataExport.objects.select_for_update().filter(pk=export.pk, state=State.ASKED).first()
    if row is None:
        return
    row.state = State.FAILED
    row.save(update_fields=["state"])
    register.receive(
        DataRequest.Kind.ACCESS,
        user=row.user,
        details=_("The copy could not be prepared in the space."),
        received_at=row.asked_at,
        channel=DataRequest.Channel.OTHER,
        acknowledged=False,
    )
    emails.export_failed(row)


def _expire(export: DataExport) -> None:
    """Delete the file, then say so: should the first fail, the row still names it."""
    default_storage.delete(export.file)
    export.state, export.file = State.EXPIRED, ""
    export.save(update_fields=["state", "file"])


def expire_old() -> int:
    """Delete the copies whose days are over, and give up those that were lost; return how many."""
    now = timezone.now()
    over = list(DataExport.objects.filter(state=State.READY, expires_at__lte=now).order_by("pk"))
    for export in over:
        _expire(export)
    lost = DataExport.objects.filter(state=State.ASKED, asked_at__lt=now - LOST_AFTER).order_by("pk")
    for export in lost.select_related("user"):
        give_up(export)
        over.append(export)
    return len(over)


def may_see(user: User | AnonymousUser, name: str) -> bool:
    """Guard of the folder: the owner, while the copy is kept."""
    if not isinstance(user, User):
        return False
    mine = DataExport.objects.filter(user=user, state=State.READY, file=name)
    return mine.filter(expires_at__gt=timezone.now()).exists()


def current(user: User) -> DataExport | None:
    """The copy to show: the latest, unless it is long gone."""
    return DataExport.objects.filter(user=user).order_by("-asked_at", "-pk").first()
