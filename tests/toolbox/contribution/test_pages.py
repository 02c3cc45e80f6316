"""The pages of the form: without the script, with it, and for those whose it is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Intent, Notification
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company, manager_of, person, staff
from tests.toolbox.contribution.telling import address, draft, form_of, member, ready, signed_in
from toolbox.contribution.questions import steps_of
from toolbox.models import Contribution, ContributionNote

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}
SCRIPT = "<script>alert(1)</script> et <img src=x onerror=alert(1)>"


def test_a_practice_is_told_step_by_step_without_a_script() -> None:
    user = member()
    client = signed_in(user)
    begun = client.post("/espace/partager/nouveau/practice/")
    row = Contribution.objects.get()
    assert begun["Location"] == address(row, "probleme")
    answer = client.post(
        address(row, "probleme"), form_of(row, "probleme", title="Des binômes", context_text="Un départ.")
    )
    assert answer["Location"] == address(row, "actions")
    row.refresh_from_db()
    assert (row.title, row.answers["context_text"], row.step) == ("Des binômes", "Un départ.", "probleme")


@pytest.mark.parametrize("kind", ["practice", "tool"])
def test_every_page_of_a_draft_is_shown(kind: str) -> None:
    row = ready(member(organisation=company()), kind)
    assert row.author is not None
    client = signed_in(row.author)
    pages = [address(row, step.key) for step in steps_of(kind)]
    root = f"/espace/partager/{row.public_id}/"
    for page in [
        *pages,
        "/espace/partager/",
        root,
        f"{root}abandonner/",
        f"/espace/partager/nouveau/{kind}/",
        "/espace/",
    ]:
        assert (page, client.get(page).status_code) == (page, 200)


def test_pasted_script_is_shown_as_words() -> None:
    row = draft(member(), title=SCRIPT, context_text=SCRIPT, steps=[{"title": SCRIPT, "text": SCRIPT}])
    assert row.author is not None
    client = signed_in(row.author)
    for page in (
        address(row, "probleme"),
        address(row, "reproduire"),
        address(row, "verifier"),
        "/espace/partager/",
    ):
        assert "<script>alert" not in client.get(page).content.decode()


def test_the_script_saves_and_is_told_the_version_and_the_hour() -> None:
    row = draft(member())
    assert row.author is not None
    client = signed_in(row.author)
    told = client.post(address(row, "probleme"), form_of(row, "probleme", title="Des binômes"), **JSON).json()
    assert (told["version"], told["filled"]) == (2, {})
    other = client.post(address(row, "probleme"), {"version": 1, "title": "Autre chose"}, **JSON)
    assert (other.status_code, other.json()["conflict"]) == (409, True)


def test_both_texts_are_shown_and_the_chosen_one_stays() -> None:
    row = draft(member(), title="Celui qui est gardé")
    assert row.author is not None
    client = signed_in(row.author)
    Contribution.objects.update(version=5)
    shown = client.post(address(row, "probleme"), {"version": 1, "title": "Le mien"})
    text = shown.content.decode()
    assert (shown.status_code, "Celui qui est gardé" in text, "Le mien" in text) == (409, True, True)
    client.post(address(row, "probleme"), {"version": 5, "title": "Le mien", "keep-title": "theirs"})
    row.refresh_from_db()
    assert row.title == "Celui qui est gardé"
    client.post(address(row, "probleme"), {"version": 5, "title": "Le mien", "keep-title": "mine"})
    row.refresh_from_db()
    assert row.title == "Le mien"


def test_whoever_is_signed_out_gets_her_words_back() -> None:
    row = draft(member())
    client = StrictClient()
    told = client.post(address(row, "probleme"), {"title": "Perdus ?"}, **JSON)
    assert (told.status_code, "login" in told.json()) == (401, True)
    page = client.post(address(row, "probleme"), {"context_text": "Tout ce que j’ai écrit"})
    assert (page.status_code, "Tout ce que j’ai écrit" in page.content.decode()) == (401, True)


def test_what_is_wrong_is_saved_and_said() -> None:
    row = draft(member())
    assert row.author is not None
    client = signed_in(row.author)
    answer = client.post(address(row, "fiche"), form_of(row, "fiche", year="l’an dernier"))
    row.refresh_from_db()
    assert (answer["Location"], row.answers["year"]) == (address(row, "fiche") + "?check=1", "l’an dernier")
    assert 'aria-invalid="true"' in client.get(answer["Location"]).content.decode()


def test_who_may_open_what() -> None:
    home = company()
    author, colleague = member(organisation=home), member("Une Collègue", organisation=home)
    founder = person("Une Autre")
    belonging(founder, home, confirmed=False)
    row = ready(author)
    root = f"/espace/partager/{row.public_id}/"
    seen = {
        name: (
            signed_in(user).get(root).status_code,
            signed_in(user).get(address(row, "probleme")).status_code,
        )
        for name, user in {
            "author": author,
            "colleague": colleague,
            "manager": manager_of(home),
            "unproved": founder,
            "stranger": person("Une Passante"),
            "other staff": staff(),
        }.items()
    }
    assert seen == {
        "author": (200, 200),
        "colleague": (200, 404),
        "manager": (200, 404),
        "unproved": (404, 404),
        "stranger": (404, 404),
        "other staff": (404, 404),
    }


def test_a_visitor_is_led_to_sign_in_and_then_to_her_draft() -> None:
    client = StrictClient()
    assert client.get("/espace/partager/nouveau/practice/").status_code == 200
    client.post("/espace/partager/nouveau/practice/")
    kept = Intent.objects.get()
    assert (kept.kind, kept.payload["kind"]) == ("contribute", "practice")
    user = member()
    draft(user)
    row = Contribution.objects.get()
    answer = signed_in(user).get("/espace/partager/reprendre/practice/")
    assert answer["Location"] == address(row, "probleme")


def test_notes_of_the_team_stand_beside_their_field_once_they_are_sent() -> None:
    row = ready(member())
    Contribution.objects.update(state="sent_back", submitted_at=timezone.now())
    ContributionNote.objects.create(contribution=row, field="cost", text="Pas encore lu", by_team=True)
    note = ContributionNote.objects.create(
        contribution=row,
        field="context_text",
        text="Combien de personnes ?",
        by_team=True,
        sent_at=timezone.now(),
    )
    assert row.author is not None
    client = signed_in(row.author)
    assert "Combien de personnes" in client.get(address(row, "probleme")).content.decode()
    assert "Pas encore lu" not in client.get(address(row, "fiche")).content.decode()
    client.post(
        address(row, "probleme"), form_of(row, "probleme", **{"answer-context_text": "Quatre-vingts."})
    )
    assert row.notes.exclude(pk=note.pk).get(by_team=False).text == "Quatre-vingts."
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("path", ["/espace/partager/", "/espace/"])
def test_lists_take_as_many_queries_with_three_as_with_one(path: str) -> None:
    home = company()
    user = member(organisation=home)
    colleague = member("Une Collègue", organisation=home)
    client, counts = signed_in(user), []
    for _round in range(2):
        ready(user)
        ready(colleague)
        ready(user, "tool")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
