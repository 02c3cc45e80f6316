"""Agreeing to exact words, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from common.models.translated import in_language
from members.models import Consent, ConsentWording, Kind, Profile, Rhythm, Visibility
from members.space import rhythms

if TYPE_CHECKING:
    import datetime as dt

    from members.models import User

Purpose = ConsentWording.Purpose
# Whoever no longer accepts the terms erases the account: there is no account without them.
WITHDRAWABLE = frozenset({Purpose.DIGEST, Purpose.PHOTO})


class NotWithdrawableError(Exception):
    """The terms are not withdrawn: the account is erased instead."""


@dataclass(frozen=True)
class Standing:
    """A consent as its author reads it: the words, in the language she read them in."""

    purpose: str
    label: str
    version: str
    text: str
    given_at: dt.datetime
    withdrawn_at: dt.datetime | None
    in_force: bool
    withdrawable: bool


def wording_in_force(purpose: str) -> ConsentWording:
    """The words that people agree to now. Raises ConsentWording.DoesNotExist when there are none."""
    return ConsentWording.objects.filter(purpose=purpose, since__lte=timezone.now()).latest("since", "pk")


def give(user: User, purpose: str, language: str) -> Consent:
    """Record that somebody agrees to the words in force, read in `language`; once a version.

    Raises ConsentWording.DoesNotExist when there are no words to agree to.
    """
    return record(user, wording_in_force(purpose), language)


def record(user: User, wording: ConsentWording, language: str) -> Consent:
    """Record that somebody agrees to these very words, read in `language`; once."""
    consent, _created = Consent.objects.get_or_create(
        user=user, wording=wording, withdrawn_at=None, defaults={"language": language}
    )
    return consent


@transaction.atomic
def withdraw(user: User, purpose: str) -> int:
    """Take an agreement back, and stop what it allowed; return how many versions it concerned.

    Raises NotWithdrawableError for the terms of use.
    """
    if purpose not in WITHDRAWABLE:
        raise NotWithdrawableError(purpose)
    if purpose == Purpose.DIGEST:
        rhythms.choose(user, {Kind.FOLLOW: Rhythm.NEVER})
    else:
        for profile in Profile.objects.filter(user=user):
            profile.photo_visibility = Visibility.NOBODY
            profile.save(update_fields=["photo_visibility"])
    return user.consents.filter(wording__purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


def to_renew(user: User) -> list[ConsentWording]:
    """The words in force that somebody has not agreed to: the terms, and what was agreed in older words.

    One query. Nothing is blocked meanwhile: the space asks.
    """
    agreed = Consent.objects.filter(user=user, wording=OuterRef("pk"), withdrawn_at=None)
    wordings = ConsentWording.objects.filter(since__lte=timezone.now()).order_by("purpose", "since", "pk")
    latest: dict[str, ConsentWording] = {}
    standing: dict[str, int] = {}
    for wording in wordings.annotate(agreed=Exists(agreed)):
        latest[wording.purpose] = wording
        if wording.agreed:
            standing[wording.purpose] = wording.pk
    return [
        wording
        for purpose, wording in latest.items()
        if standing.get(purpose) != wording.pk and (purpose == Purpose.TERMS or purpose in standing)
    ]


def of(user: User) -> list[Standing]:
    """Every consent of somebody, the latest first, with its words. One query."""
    seen: set[str] = set()
    rows = []
    for consent in user.consents.select_related("wording").order_by("-given_at", "-pk"):
        purpose = consent.wording.purpose
        newest = purpose not in seen and consent.withdrawn_at is None
        rows.append(
            Standing(
                purpose=purpose,
                label=consent.wording.get_purpose_display(),
                version=consent.wording.version,
                text=in_language(consent.wording.texts, consent.language),
                given_at=consent.given_at,
                withdrawn_at=consent.withdrawn_at,
                in_force=newest,
                withdrawable=newest and purpose in WITHDRAWABLE,
            )
        )
        seen.add(purpose)
    return rows
