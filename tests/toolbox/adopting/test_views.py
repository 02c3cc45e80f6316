"""The pages, as a visitor, a member and somebody else see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.joining import intents
from members.models import Intent, User
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, person
from tests.toolbox.adopting.companies import IN_PLACE, PLANNED, adoption, colleague, practice, practice_page
from toolbox.adopting import asking
from toolbox.adopting.tokens import hash_of, token_for
from toolbox.models import Adoption, Practice, PracticePage, Rereading

pytestmark = pytest.mark.django_db
FORM = {"state": IN_PLACE, "on": "", "experience": "", "seen": "", "next": ""}


def place(facts: Practice | None) -> str:
    assert facts is not None
    return reverse("adopt", args=[facts.translation_key])


def test_a_member_says_it_and_is_back_on_the_practice(client: Client, tree: Tree) -> None:
    page, organisation = practice_page(tree), company()
    user = colleague(organisation)
    client.force_login(user)
    url = place(page.facts)
    assert client.get(url).context["organisation"] == organisation
    sent = {**FORM, "on": "2026-03-02", "experience": "Cela\ntient.", "shown": "on"}
    answer = client.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{page.path_on_site}#adoptions")
    row = Adoption.objects.get()
    assert (row.in_place_on, row.experience, row.shown) == (dt.date(2026, 3, 2), "Cela tient.", True)
    assert client.get(url).context["form"].initial["experience"] == "Cela tient."


def test_a_form_that_is_refused_gives_back_what_was_typed(client: Client, tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    client.force_login(colleague(organisation))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = client.post(
        place(facts), {**FORM, "state": "", "on": tomorrow.isoformat(), "experience": "Oui."}
    )
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors), form["experience"].value()) == (
        200,
        ["on", "state"],
        "Oui.",
    )


def test_who_was_overtaken_sees_what_stands_and_may_send_again(client: Client, tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    adoption(facts, PLANNED, organisation=organisation, author=colleague(organisation), experience="À deux.")
    client.force_login(colleague(organisation))
    answer = client.post(place(facts), {**FORM, "experience": "À trois."})
    html = answer.content.decode()
    assert ("À deux." in html, "À trois." in html, Adoption.objects.get().state) == (True, True, PLANNED)
    again = {**FORM, "experience": "À trois.", "seen": answer.context["form"].data["seen"]}
    assert client.post(place(facts), again).status_code == 302
    assert Adoption.objects.get().experience == "À trois."


def test_with_several_companies_one_is_chosen_and_with_none_one_is_joined(client: Client, tree: Tree) -> None:
    facts, user = practice(tree), person()
    client.force_login(user)
    assert reverse("company_mine") in client.get(place(facts)).content.decode()
    first, second = company(slug="une"), company(slug="deux")
    for organisation in (first, second):
        belonging(user, organisation)
    assert len(client.get(place(facts)).context["choices"]) == 2
    assert client.get(f"{place(facts)}?entreprise=deux").context["organisation"] == second
    company(slug="trois")
    assert "choices" in client.get(f"{place(facts)}?entreprise=trois").context


def test_whoever_is_to_be_confirmed_is_told_why_her_company_is_not_named(client: Client, tree: Tree) -> None:
    facts, organisation = practice(tree), company(slug="usine")
    client.force_login(colleague(organisation, confirmed=False))
    answer = client.get(place(facts))
    assert "shown" not in answer.context["form"].fields
    assert reverse("company_confirm", args=["usine"]) in answer.content.decode()
    client.post(place(facts), {**FORM, "shown": "on"})
    assert Adoption.objects.get().shown is False


def test_an_unknown_practice_is_not_found(client: Client, tree: Tree) -> None:
    assert client.get("/espace/adopter/00000000-0000-4000-8000-000000000000/").status_code == 404


# ---------------------------------------------------------------- visitors
def said_by_a_visitor(client: Client, facts: Practice | None, user: User) -> list[intents.Outcome]:
    """What becomes of it once she is known."""
    sent = {**FORM, "state": PLANNED, "on": "2026-02-01", "experience": "Bientôt.", "shown": "on"}
    answer = client.post(place(facts), sent)
    assert answer["Location"].startswith(reverse("account_login"))
    intents.attach(Intent.objects.get().token, user)
    return intents.complete_all(user)


def test_what_a_visitor_says_is_done_once_she_is_known(client: Client, tree: Tree) -> None:
    page, organisation = practice_page(tree), company()
    user = colleague(organisation)
    [outcome] = said_by_a_visitor(client, page.facts, user)
    row = Adoption.objects.get()
    assert (outcome.done, row.planned_on, row.experience, row.shown) == (
        True,
        dt.date(2026, 2, 1),
        "Bientôt.",
        True,
    )
    client.force_login(user)
    assert client.get(outcome.then)["Location"] == f"{page.path_on_site}#adoptions"


def test_without_a_company_her_words_wait_in_the_form(client: Client, tree: Tree) -> None:
    facts, user, organisation = practice(tree), person(), company()
    [outcome] = said_by_a_visitor(client, facts, user)
    assert (outcome.done, Adoption.objects.count()) == (False, 0)
    client.force_login(user)
    assert "choices" in client.get(outcome.then).context
    belonging(user, organisation)
    initial = client.get(outcome.then).context["form"].initial
    assert (initial["state"], initial["experience"]) == (PLANNED, "Bientôt.")


def test_a_colleague_who_said_it_first_is_not_written_over(client: Client, tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    adoption(facts, organisation=organisation, experience="Cela tient.")
    [outcome] = said_by_a_visitor(client, facts, colleague(organisation))
    assert (outcome.done, Adoption.objects.get().experience) == (False, "Cela tient.")


# ---------------------------------------------------------------- afterwards
def test_looking_at_the_withdrawal_changes_nothing_and_only_hers_is_found(client: Client, tree: Tree) -> None:
    organisation = company()
    row = adoption(practice(tree), organisation=organisation)
    url = reverse("adoption_withdraw", args=[row.public_id])
    client.force_login(colleague(company()))
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    client.force_login(colleague(organisation))
    assert client.get(url).status_code == 200
    assert Adoption.objects.count() == 1
    assert client.post(url)["Location"] == reverse("adoptions")
    assert Adoption.objects.count() == 0


def test_what_my_companies_took_up_costs_the_same_with_one_and_with_three(client: Client, tree: Tree) -> None:
    organisation = company()
    client.force_login(colleague(organisation))
    counted = []
    for number in range(3):
        adoption(practice(tree), PLANNED, organisation=organisation)
        client.get(reverse("adoptions"))
        if number != 1:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("adoptions")).status_code == 200
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_space_shows_what_my_company_plans(client: Client, tree: Tree) -> None:
    organisation = company(name="Usine")
    user = colleague(organisation)
    ago = timezone.localdate() - dt.timedelta(days=200)
    adoption(practice(tree, title="Le tutorat"), PLANNED, organisation=organisation, planned_on=ago)
    client.force_login(user)
    panels = [
        shown
        for shown in client.get(reverse("space_home")).context["home"].mine
        if shown.panel.key == "toolbox.adoptions"
    ]
    [row] = panels[0].rows
    assert (row.title, row.detail.endswith("où en êtes-vous ?")) == ("Le tutorat", True)


# ---------------------------------------------------------------- does it still hold?
@pytest.fixture
def question(tree: Tree) -> tuple[PracticePage, Rereading]:
    page = practice_page(tree, organisation=None, title="Le tutorat")
    ago = timezone.now() - dt.timedelta(days=400)
    Practice.objects.update(author=person(), published_at=ago)
    asking.ask_due()
    return page, Rereading.objects.get()


def test_looking_changes_nothing_and_a_post_answers_once(
    client: Client, question: tuple[PracticePage, Rereading]
) -> None:
    page, row = question
    url = reverse("reread", args=[token_for(row)])
    seen = client.get(url)
    assert (seen.status_code, seen["Referrer-Policy"], seen["X-Robots-Tag"]) == (
        200,
        "no-referrer",
        "noindex",
    )
    assert "no-store" in seen["Cache-Control"]
    assert Rereading.objects.get().answered_at is None
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post(url, {"answer": "holds", "words": ""}, headers={"origin": "null"})
    assert (sent.status_code, sent["Location"]) == (302, url)
    again = client.post(url, {"answer": "outdated"})
    assert (
        "Merci, votre réponse est enregistrée" in again.content.decode(),
        Rereading.objects.get().answer,
    ) == (
        True,
        "holds",
    )
    month = client.get(page.path_on_site).content.decode()
    assert "Relecture par l’auteur en" in month


def test_an_answer_is_asked_for(client: Client, question: tuple[PracticePage, Rereading]) -> None:
    answer = client.post(reverse("reread", args=[token_for(question[1])]), {"words": "Oui."})
    assert (answer.status_code, answer.context["form"].errors["answer"]) == (
        200,
        ["Choisissez l’une des trois réponses."],
    )


def test_a_link_that_is_unknown_or_too_old_says_what_to_do(
    client: Client, question: tuple[PracticePage, Rereading]
) -> None:
    row = question[1]
    assert client.get(reverse("reread", args=["x" * 43])).status_code == 410
    row.sent_at -= dt.timedelta(days=61)
    row.expires_at -= dt.timedelta(days=61)
    row.token_hash = hash_of(token_for(row))
    row.save()
    late = client.get(reverse("reread", args=[token_for(row)]))
    assert (late.status_code, "Le tutorat" in late.content.decode()) == (410, True)


def test_who_may_revise_is_led_there_and_nobody_else(client: Client, tree: Tree) -> None:
    author = person()
    page = practice_page(tree, organisation=None)
    Practice.objects.update(author=author, published_at=timezone.now() - dt.timedelta(days=800))
    assert "Sans relecture depuis" in client.get(page.path_on_site).content.decode()
    client.force_login(person())
    assert "Mettre à jour" not in client.get(page.path_on_site).content.decode()
    client.force_login(author)
    assert "Mettre à jour" in client.get(page.path_on_site).content.decode()
