"""Contributions that were sent, and the moderators who read them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from members.cases import deciding
from members.cases.opening import open_case
from members.models import Case, User
from members.roles import Role
from tests.factories.pages import PracticePageFactory
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, person
from toolbox.models import Contribution, ContributionMove, Practice, PracticePage
from toolbox.review import tasks, writing
from toolbox.review.waiting import KEY, pending

State = Contribution.State
ANSWERS: dict[str, Any] = {
    "title": "L’œuvre d’une équipe",
    "summary": "Deux personnes à chaque machine.",
    "context_text": "Nous sommes **84**.\n\n- huit régleurs\n- cinq départs",
    "actions_text": "### En avril\n\nUn binôme par machine.",
    "results_text": "Onze gestes sur quatorze.",
    "key_results": [{"value": "11", "label": "gestes transmis"}],
    "keys_text": "- Du temps.",
    "pitfalls_text": "- Choisir trop vite.",
    "steps": [{"title": "Lister", "duration": "une demi-journée", "text": "Avec l’équipe."}],
    "sector": "industrie",
    "size": "50to249",
    "effort": "medium",
    "cost": "none",
    "year": "2024",
    "contact_allowed": True,
    "question": "Et chez vous ?",
}


def moderator() -> User:
    """Somebody of the team who moderates."""
    user = person()
    user.groups.add(Group.objects.get(name=Role.MODERATOR.group))
    return user


def author(organisation: Any = None) -> User:
    """Somebody who acts for a company; she reads message ids."""
    user = person(language="en")
    belonging(user, organisation or company())
    return user


def answers(**changed: Any) -> dict[str, Any]:
    """What somebody answers, with two themes that exist."""
    slugs = [ThemeFactory(slug=slug).slug for slug in ("transmission", "tutorat")]
    return {**ANSWERS, "themes": slugs, **changed}


def draft(by: User | None = None, **fields: Any) -> Any:
    """One begun by somebody of a company."""
    by = by or author()
    membership = by.memberships.first()
    values = {
        "kind": "practice",
        "author": by,
        "organisation": membership.organisation if membership else None,
        "answers": answers(),
        **fields,
    }
    return Contribution.objects.create(title=values["answers"].get("title", ""), **values)


def send(row: Any) -> Any:
    """Send it as its author does, without the task."""
    row.state, row.submitted_at = State.SUBMITTED, timezone.now()
    row.save()
    ContributionMove.objects.create(contribution=row, state=State.SUBMITTED, by=row.author)
    open_case(KEY, pending(row))
    return row


def sent(by: User | None = None, *, prepared: bool = True, **fields: Any) -> Any:
    """One that waits, made a page unless told otherwise."""
    row = send(draft(by, **fields))
    if prepared:
        tasks.prepare.func(row.pk)
        row.refresh_from_db()
    return row


def case_of(row: Contribution) -> Case:
    """Its case that stands, or the last one."""
    return Case.objects.filter(kind=KEY, target=row.public_id).latest("pk")


def decided(row: Contribution, choice: str, by: User | None = None, reason: str = "Merci.") -> Case:
    """Decide on it, and carry it out."""
    by = by or moderator()
    deciding.decide(case_of(row), by, choice, reason)
    case = deciding.carry_out(case_of(row), now=True)
    row.refresh_from_db()
    return case


def published(tree: Tree, by: User, **fields: Any) -> PracticePage:
    """A practice on line that is hers and her company's."""
    membership = by.memberships.get()
    page: PracticePage = PracticePageFactory(
        parent=tree.practices, organisation=membership.organisation, **fields
    )
    page.save_revision().publish()
    facts = Practice.objects.get(pages=page)
    facts.author = by
    facts.save()
    return PracticePage.objects.get(pk=page.pk)


def revision(page: PracticePage, by: User, **changed: Any) -> Any:
    """A revision begun from the words on line."""
    base, words = writing.base_of(page)
    return draft(by, page_id=page.pk, base_revision=base, answers={**words, **changed})


def edited(page: Any, by: User | None = None, **fields: Any) -> PracticePage:
    """Somebody of the team saves the page in Wagtail's editor, as a draft."""
    latest = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(latest, name, value)
    latest.save_revision(user=by)
    return PracticePage.objects.get(pk=page.pk)
