"""Stopping mail from the mail itself: a signed token says whose and of which kinds (RFC 8058).

No account is opened and no session asked for: whoever holds the letter may stop such letters,
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from members.models import User

from . import rhythms

if TYPE_CHECKING:
    from members.models import Rhythm

_signer = Signer(salt="members.unsubscribe")


class BadTokenError(ValueError):
    """The token was not made by us, or its account is gone."""


def token_for(public_id: str, kinds: Iterable[str]) -> str:
    """The token of letters of these kinds to the person whose profile has that public id."""
    return _signer.sign(f"{public_id}.{'.'.join(sorted(kinds))}")


def address_for(public_id: str, kinds: Iterable[str]) -> str:
    """The path that stops such letters, in the active language."""
    return reverse("unsubscribe", args=[token_for(public_id, kinds)])


def read_token(token: str) -> tuple[User, Sequence[str]]:
    """Whose letters, and of which kinds. Raises BadTokenError."""
    try:
        public_id, *kinds = _signer.unsign(token).split(".")
    except BadSignature as error:
        raise BadTokenError(token) from error
    known = [kind for kind in kinds if kind in rhythms.DEFAULTS]
    user = User.objects.filter(profile__public_id=public_id, is_active=True, anonymised_at=None).first()
    if user is None or not known:
        raise BadTokenError(token)
    return user, known


def change(user: User, kinds: Iterable[str], rhythm: Rhythm) -> None:
    """Write to somebody about these kinds that often; idempotent."""
    rhythms.choose(user, dict.fromkeys(kinds, rhythm.value))
