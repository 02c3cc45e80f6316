"""Members of the demonstration, what they follow, and what waits for an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from home.demo.accounts import verify
from members.models import (
    ContactRequest,
    Follow,
    Followed,
    JoinRequest,
    Membership,
    Message,
    Organisation,
    Step,
    User,
    Visibility,
)

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

SURNAME = "Exemple"
PASSWORD = "une-carte-bien-jouee"  # noqa: S105 (public, like every account of a demonstration)
SHOWN = ("name", "job", "company", "themes", "photo", "offers", "seeks")


def write_member(source: Source, user: User | None, loading: Loading) -> User:
    """An account with a verified address, a profile, and perhaps a company."""
    user = user or User()
    user.email = source.text("email").lower()
    user.first_name, user.last_name = source.text("first_name"), SURNAME
    user.job_title = source.text("job_title", "")
    user.set_password(PASSWORD)
    user.full_clean()
    user.save()
    verify(user)
    write_profile(source, user, loading)
    if source.meta.get("organisation"):
        write_membership(source, user, loading)
    return user


def write_profile(source: Source, user: User, loading: Loading) -> None:
    """What the member says of herself, and to whom; she follows the themes that interest her."""
    themes = loading.lookups.themes(source)
    profile = user.profile
    profile.offers, profile.seeks = source.text("offers", ""), source.text("seeks", "")
    said = source.meta.get("visibility") or {}
    for name in SHOWN:
        setattr(profile, f"{name}_visibility", said.get(name, Visibility.MEMBERS))
    profile.full_clean()
    profile.save()
    profile.themes.set(themes)
    for theme in themes:
        Follow.objects.get_or_create(user=user, kind=Followed.THEME, target=theme.slug)


def write_membership(source: Source, user: User, loading: Loading) -> None:
    """Her company, and whether it was proved that she acts for it."""
    organisation = loading.lookups.find(
        Organisation, "slug", source.text("organisation"), source, "organisation"
    )
    confirmed = source.flag("confirmed")
    membership, _created = Membership.objects.get_or_create(
        user=user, organisation=organisation, left_at=None
    )
    membership.role = source.choice("company_role", Membership.Role)
    membership.confirmed_at = timezone.now() if confirmed else None
    membership.confirmation = Membership.Confirmation.CALL if confirmed else ""
    membership.full_clean()
    membership.save()


def write_waiting(source: Source, row: JoinRequest | None) -> JoinRequest:
    """Somebody asks to join a company, since yesterday."""
    row = row or JoinRequest()
    row.user = User.objects.get(email=source.text("email"))
    row.organisation = Organisation.objects.get(slug=source.text("organisation"))
    row.message = source.text("message", "")
    row.created_at = timezone.now() - dt.timedelta(days=1)
    row.full_clean()
    row.save()
    return row


def write_conversation(source: Source, row: ContactRequest | None) -> ContactRequest:
    """A conversation between two members; every other message answers."""
    sender, recipient = (User.objects.get(email=address) for address in source.names("between"))
    texts = source.names("messages")
    row = row or ContactRequest()
    row.sender, row.recipient = sender, recipient
    row.subject = source.text("subject")
    row.state = ContactRequest.State.ACCEPTED if len(texts) > 1 else ContactRequest.State.PENDING
    first = timezone.now() - dt.timedelta(days=len(texts))
    row.created_at = first
    row.last_message_at = first + dt.timedelta(days=len(texts) - 1)
    row.answered_at = first + dt.timedelta(days=1) if len(texts) > 1 else None
    row.full_clean()
    row.save()
    row.messages.all().delete()
    for number, text in enumerate(texts):
        author = (sender, recipient)[number % 2]
        Message.objects.create(
            request=row, author=author, text=text, sent_at=first + dt.timedelta(days=number)
        )
    return row


def write_step(source: Source, row: Step | None, loading: Loading) -> Step:
    """An entry of a company's timeline, so many days ago."""
    row = row or Step()
    row.organisation = loading.lookups.find(
        Organisation, "slug", source.text("organisation"), source, "organisation"
    )
    row.kind = source.choice("kind", Step.Kind)
    row.on = loading.today - dt.timedelta(days=source.number("days_ago") or 0)
    row.text = source.text("text")
    row.full_clean()
    row.save()
    return row


def load_members(loading: Loading) -> None:
    """Load `members.yaml` and `relations.yaml`. The caller makes sure that this is a demonstration."""
    for source in loading.entries("members.yaml"):
        email = source.text("email").lower()
        loading.ledger.write(f"members/{email}", source, User, write_member, {"email": email}, loading)
    writers = {"waiting": (JoinRequest, write_waiting), "between": (ContactRequest, write_conversation)}
    for number, source in enumerate(loading.entries("relations.yaml")):
        for key, (model, write) in writers.items():
            if key in source.meta:
                loading.ledger.write(f"relations/{source.text('key')}", source, model, write)  # type: ignore[arg-type]
                break
        else:
            loading.ledger.write(f"relations/step-{number}", source, Step, write_step, None, loading)
