"""Names in texts that others wrote: after an erasure they are replaced, not only unlinked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext, override

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from members.models import User

# Shorter names would be found inside other words.
SHORTEST = 5


def former_member() -> str:
    """What stands for a name, in the language that staff read."""
    with override(settings.LANGUAGE_CODE):
        return gettext("Former member")


@dataclass(frozen=True)
class Identity:
    """By which words somebody may be named in a text: addresses, and the whole name."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, user: User) -> Identity:
        """What the account, its addresses and its name say. Read it before they go."""
        addresses = EmailAddress.objects.filter(user=user).order_by("email").values_list("email", flat=True)
        return cls.made_of(user.first_name, user.last_name, [user.email, *addresses])

    @classmethod
    def made_of(cls, first_name: str, last_name: str, addresses: Iterable[str]) -> Identity:
        """The same, from its parts. A name counts when it has its two halves."""
        words = {address.lower() for address in addresses if address}
        if first_name and last_name:
            words |= {f"{first_name} {last_name}".lower(), f"{last_name} {first_name}".lower()}
        return cls(tuple(sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)))

    def redact(self, text: str) -> str:
        """The text with “Former member” for each of the words, in the language that staff read."""
        if not self.words:
            return text
        pattern = "|".join(rf"(?<![\w.@-]){re.escape(word)}(?![\w@-])" for word in self.words)
        return re.sub(pattern, lambda _match: former_member(), text, flags=re.IGNORECASE)

    def redact_rows(self, rows: QuerySet[Any], field: str) -> int:
        """Redact one text field of some rows, row by row and without a signal; return how many changed."""
        changed = 0
        for pk, text in rows.order_by("pk").values_list("pk", field).iterator(chunk_size=500):
            clean = self.redact(text)
            if clean != text:
                changed += rows.model._default_manager.filter(pk=pk).update(**{field: clean})
        return changed
