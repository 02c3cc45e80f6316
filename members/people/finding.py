"""What a member is found by: her words that members may see, without accents or capitals.

They are kept in `Profile.search_text`, so that the search needs nothing of the database but
`LIKE`, and cannot find by what is hidden. The names of companies are looked up apart.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from common.generation import per_generation
from members.models import Organisation, Profile

from .visibility import Audience, acting, sees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from members.models import User

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "\u00ad": ""})
# What separates two fields: no word that is asked for holds it.
BREAK = "\n"
LONGEST, MOST_WORDS = 100, 6
NAMES = frozenset({"first_name", "last_name", "job_title"})
CHUNK = 500


def fold(text: str) -> str:
    """Without capitals, accents, ligatures or controls: `Œuvré` → `oeuvre`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    kept = (" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in plain)
    return "".join(c for c in kept if not unicodedata.combining(c))


def words_of(asked: str) -> list[str]:
    """The words of a question, folded; no more than makes sense."""
    return fold(asked[:LONGEST]).split()[:MOST_WORDS]


def search_text(profile: Profile) -> str:
    """The words of a profile, last name first: it is also the order of the directory."""
    user = profile.user
    parts = {
        "name": f"{user.last_name} {user.first_name} {user.last_name}",
        "job": user.job_title,
        "offers": profile.offers,
        "seeks": profile.seeks,
    }
    kept = (text for field, text in parts.items() if sees(profile, field, Audience.MEMBERS))
    return BREAK.join(" ".join(fold(text).split()) for text in kept)


@per_generation
def _folded_names() -> dict[int, str]:
    """The folded name of every organisation: a change of one begins a new generation."""
    return {pk: fold(name) for pk, name in Organisation.objects.order_by().values_list("pk", "name")}


def named(word: str) -> list[int]:
    """The organisations whose name holds a word."""
    return [pk for pk, name in _folded_names().items() if word in name]


def found_by(words: Sequence[str]) -> Q:
    """Profiles that hold every word, in what members may see of them."""
    condition = Q()
    for word in words:
        members = acting().filter(
            organisation__in=named(word), user__profile__company_visibility__in=Audience.MEMBERS.sees
        )
        condition &= Q(search_text__contains=word) | Q(user__in=members.values("user"))
    return condition


# ---------------------------------------------------------------- keeping it right
def refresh(profiles: Iterable[Profile]) -> int:
    """Write the words of these profiles (their accounts at hand) where they changed; return how many."""
    changed = 0
    for profile in profiles:
        text = search_text(profile)
        if text != profile.search_text:
            changed += Profile.objects.filter(pk=profile.pk).update(search_text=text)
            profile.search_text = text
    return changed


def refresh_all() -> int:
    """The daily job: what was changed without a signal."""
    return refresh(Profile.objects.select_related("user").order_by("pk").iterator(CHUNK))


def on_profile_saved(instance: Profile, raw: bool, **_kwargs: Any) -> None:
    """Signal receiver: what is shown, or to whom, may have changed."""
    if not raw:
        refresh([instance])


def on_user_saved(instance: User, raw: bool, created: bool, **kwargs: Any) -> None:
    """Signal receiver: the name or the job may have changed."""
    fields = kwargs.get("update_fields")
    if raw or created or (fields is not None and not NAMES & set(fields)):
        return
    refresh(Profile.objects.filter(user=instance).select_related("user").order_by("pk"))
