"""New words for what is published: begun from the page as it stands, which stays as it is meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from toolbox.models import Contribution, Practice, Tool
from toolbox.rules import may_revise

from .drafting import State, move
from .refusals import NotAllowed, Standing

if TYPE_CHECKING:
    from members.models import User

KINDS: dict[str, type[Practice | Tool]] = {"practice": Practice, "tool": Tool}


def facts_of(kind: str, key: str) -> Any:
    """The published practice or tool of that key; None when there is none."""
    model = KINDS.get(kind)
    rows = model._default_manager.select_related("organisation", "author") if model else None
    return rows.filter(translation_key=key, live=True).first() if rows is not None else None


def page_of(facts: Practice | Tool) -> Any:
    """The French page that says what is known of it."""
    return facts.pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def standing_for(facts: Practice | Tool) -> Contribution | None:
    """The contribution that revises it already, whoever writes it."""
    rows = Contribution.objects.standing().select_related("author")
    return rows.filter(page__translation_key=facts.translation_key).first()


def begin_revision(user: User, facts: Practice | Tool) -> Contribution:
    """A draft that holds the words of the page. Raises NotAllowed; Standing when there is one.

    Her own that is begun already is answered again.
    """
    from toolbox.review import writing  # noqa: PLC0415 (that part reads this one)

    if not may_revise(user, facts):
        raise NotAllowed(_("Only its author, or a manager of its company, can revise this."))
    already = standing_for(facts)
    if already is not None:
        return hers_or_refused(already, user)
    page = page_of(facts)
    if page is None:
        raise NotAllowed(_("This page is no longer here."))
    base, answers = writing.base_of(page)
    kind = "practice" if isinstance(facts, Practice) else "tool"
    try:
        with transaction.atomic():
            row = Contribution.objects.create(
                kind=kind,
                author=user,
                organisation=facts.organisation,
                title=page.title[:255],
                answers=as_typed(answers),
                page_id=page.pk,
                base_revision=base,
            )
            move(row, State.DRAFT, user)
    except IntegrityError:
        already = standing_for(facts)
        if already is None:
            raise
        return hers_or_refused(already, user)
    return row


def hers_or_refused(already: Contribution, user: User) -> Contribution:
    """A revision that stands: hers, or a refusal that says whose."""
    if already.author_id == user.pk:
        return already
    name = already.author.public_name if already.author else _("A colleague")
    raise Standing(already, _("%(name)s has begun a revision of this page already.") % {"name": name})


def as_typed(answers: dict[str, Any]) -> dict[str, Any]:
    """What a page answers, in the shapes that the form gives: a year is typed."""
    year = answers.get("year")
    return answers | ({"year": str(year or "")} if "year" in answers else {})
