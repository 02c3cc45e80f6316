"""What these tests tell, and who tells it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from members.models import Membership, Organisation, User
from tests.factories.shared import ThemeFactory
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company, person
from toolbox.contribution import drafting
from toolbox.contribution.drafting import Seen
from toolbox.contribution.questions import questions_of, step_at, steps_of
from toolbox.models import Contribution

THEME = "transmission"


def member(name: str = "Camille Durand", organisation: Organisation | None = None, **fields: Any) -> User:
    """Somebody who may tell; a plain confirmed member of a company, if one is given."""
    user = person(name)
    if organisation is not None:
        belonging(user, organisation, **{"role": Membership.Role.MEMBER, **fields})
    return user


def whole(kind: str = "practice") -> dict[str, Any]:
    """Answers with which nothing is missing."""
    ThemeFactory(slug=THEME)
    if kind == "tool":
        return {
            "title": "Grille d’entretien",
            "summary": "Douze questions pour un entretien de milieu de carrière.",
            "kind": "checklist",
            "body": "1. Lire la grille.\n2. Choisir trois questions.",
            "address": "https://outils.example.org/grille",
            "licence": "cc-by-4.0",
            "language": "fr",
            "themes": [THEME],
        }
    return {
        "title": "Deux personnes à la même machine",
        "context_text": "Cinq régleurs sur huit partent.",
        "actions_text": "Nous avons listé les gestes :\n\n- le régleur les nomme ;\n- un plus jeune choisit.",
        "results_text": "Onze gestes sur quatorze sont tenus à deux.",
        "pitfalls_text": "- Ne pas choisir les binômes soi-même.",
        "steps": [{"title": "Lister", "duration": "Un jour", "text": "Métier par métier."}],
        "summary": "Onze gestes sur quatorze sont restés dans l’atelier.",
        "themes": [THEME],
        "sector": "industrie",
        "size": "50to249",
        "effort": "medium",
        "cost": "none",
    }


def draft(user: User, about: str = "practice", /, **answers: Any) -> Contribution:
    """A draft with these answers."""
    row = drafting.begin(user, about)
    row.answers = row.answers | answers
    row.title = row.answers.get("title", "")
    row.save()
    return row


def ready(user: User, kind: str = "practice") -> Contribution:
    """A draft in which nothing is missing."""
    return draft(user, kind, **whole(kind))


def save(
    row: Contribution, key: str, seen: Seen | None = None, user: User | None = None, **typed: Any
) -> Contribution:
    """Save a step with what it holds and these changes, as the form that shows the row now does."""
    step = step_at(row.kind, key)
    assert step is not None
    current = Contribution.objects.select_related("organisation").get(pk=row.pk)
    stands = drafting.current(current, step)
    writer = user or row.author
    assert writer is not None
    return drafting.save(row, writer, step, stands | typed, seen or Seen(current.version))


def signed_in(user: User) -> StrictClient:
    """A browser in which she is signed in."""
    client = StrictClient()
    client.force_login(user)
    return client


def address(row: Contribution, key: str) -> str:
    """The address of a step."""
    return f"/espace/partager/{row.public_id}/{key}/"


def form_of(row: Contribution, key: str, **typed: Any) -> dict[str, Any]:
    """What the browser sends of a step."""
    row.refresh_from_db()
    return {"version": row.version, "digest": "", "origin": "", **typed}


__all__ = ["Client", "company", "questions_of", "steps_of"]
