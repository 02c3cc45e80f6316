"""The terms that everybody accepts when they join, and the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import ConsentWording
from members.privacy import consents

if TYPE_CHECKING:
    from members.models import Consent, User


def current_terms() -> ConsentWording | None:
    """The wording in force; None where nobody wrote one."""
    return ConsentWording.objects.filter(
        purpose=ConsentWording.Purpose.TERMS, since__lte=timezone.now()
    ).first()


def accept(user: User, wording: ConsentWording, language: str) -> Consent:
    """Record that somebody accepted these words, read in this language; once."""
    return consents.record(user, wording, language)
