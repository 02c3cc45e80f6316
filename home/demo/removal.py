"""Taking away what was loaded, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, PageLogEntry

from charters.models import Signature
from common.facts import FactsPage
from common.models import GoneAddress
from home.content.ledger import KEPT, REMOVED, is_account, state_of
from home.models import VideoPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from home.content.ledger import Ledger
    from home.models import LoadedRow


def remove(ledger: Ledger, records: Iterable[LoadedRow], edited_too: bool = False) -> None:
    """Remove loaded rows, the latest first, so that what depends on others goes before them.

    Rows that people edited since stay unless `edited_too`; so do those that something of theirs
    depends on. What the installation had written before is left to it to write again.
    """
    for record in records:
        kind = record.key.partition("/")[0]
        reason = _remove_one(ledger, record, edited_too)
        if reason:
            ledger.count(kind, KEPT)
            ledger.notes.append(f"{record.key} stays: {reason}")
            continue
        ledger.count(kind, REMOVED)
        ledger.rows.pop(record.key, None)
        record.delete()


def _remove_one(ledger: Ledger, record: LoadedRow, edited_too: bool) -> str:
    """Remove the row of a record; return why it stays, or nothing."""
    row = ledger.find(record)
    if row is None:
        return ""
    if record.state != state_of(row) and not edited_too and not is_account(row):
        return "edited on the site since it was loaded"
    former = ledger.others.get((record.model, record.object_pk))
    if former is not None:
        former.digest, former.state = "", state_of(row)
        former.save()
        return ""
    return _needed_by(row) or _delete(row)


def _needed_by(row: Model) -> str:
    """What people have put below or beside a page."""
    if isinstance(row, Page) and row.get_children().exists():
        return "there are pages below it"
    if isinstance(row, Page) and row.get_translations().exists():
        return "it was translated"
    facts = row.facts if isinstance(row, FactsPage) else None
    users = facts.in_use() if facts else None
    return f"there are {users}" if users else ""


def _delete(row: Model) -> str:
    try:
        with transaction.atomic():
            delete(row)
    except ProtectedError as error:
        if is_account(row):
            close(row)
        return f"{len(error.protected_objects)} other rows depend on it"
    return ""


def delete(row: Any) -> None:
    """Delete a row, its facts, files and log, and the memory of its address. Raises ProtectedError."""
    if isinstance(row, Signature):
        row.labels.all().delete()
    if isinstance(row, VideoPage):
        for field in (row.file, row.captions):
            if field.name:
                transaction.on_commit(partial(field.storage.delete, field.name))
    if not isinstance(row, Page):
        row.delete()
        return
    facts = row.facts if isinstance(row, FactsPage) else None
    address, pk = row.get_url(), row.pk
    row.delete()
    GoneAddress.objects.filter(path=address).delete()
    PageLogEntry.objects.filter(page=pk).delete()
    if facts is not None:
        facts.delete()


def close(account: Any) -> None:
    """Nobody enters with an account that cannot be deleted."""
    account.is_active = False
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    Authenticator.objects.filter(user=account).delete()
