"""Adoptions and answers as the team sees them."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from members.models import User
from members.roles import Role
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from tests.members.admin.team import queries_of, staff, working
from tests.members.companies.people import company, person
from tests.toolbox.adopting.companies import IN_PLACE, PLANNED, adoption, practice, practice_page
from toolbox.adopting.admin_reread import keys_to_reread, outdated
from toolbox.adopting.answering import Answer, answer
from toolbox.adopting.asking import ask
from toolbox.adopting.tokens import token_for
from toolbox.models import Adoption, Practice, Rereading

pytestmark = pytest.mark.django_db
LIST = "admin_adoptions:index"
FORM = {"state": IN_PLACE, "on": "2026-03-02", "experience": "Dit au téléphone.", "shown": "on"}


@pytest.fixture
def admin(tree: Tree) -> StrictClient:
    return working(Role.ADMINISTRATOR)


def old(tree: Tree) -> Practice:
    facts = practice(tree, organisation=None, author=person())
    Practice.objects.filter(pk=facts.pk).update(published_at=timezone.now() - dt.timedelta(days=400))
    facts.refresh_from_db()
    return facts


def test_the_list_costs_the_same_with_one_and_with_three_and_is_filtered(
    admin: StrictClient, tree: Tree
) -> None:
    first = practice(tree, title="Le tutorat")
    adoption(first, PLANNED, organisation=company(name="Usine", sector="industrie"))
    admin.get(reverse(LIST))
    with_one = queries_of(admin, reverse(LIST))
    for sector in ("commerce", "commerce"):
        adoption(practice(tree), organisation=company(sector=sector))
    assert queries_of(admin, reverse(LIST)) == with_one
    for query, number in (
        ("sector=commerce", 2),
        ("state=planned", 1),
        (f"practice={first.pk}", 1),
        ("held=true", 0),
    ):
        assert len(admin.get(f"{reverse(LIST)}?{query}").context["object_list"]) == number


def test_the_list_is_taken_away_with_titles_and_runs_nothing(admin: StrictClient, tree: Tree) -> None:
    adoption(practice(tree, title="Le tutorat"), organisation=company(name="=Usine"), experience="Oui.")
    answer = admin.get(f"{reverse(LIST)}?export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    [row] = [list(row.values()) for row in rows]
    assert (row[0], row[3], row[8]) == ("'=Usine", "Le tutorat", "Oui.")


def test_staff_record_one_for_a_company_and_change_it(admin: StrictClient, tree: Tree) -> None:
    page, organisation = practice_page(tree), company()
    sent = {**FORM, "practice_page": page.pk, "organisation": organisation.pk}
    assert admin.post(reverse("admin_adoptions:add"), sent).status_code == 302
    row = Adoption.objects.get()
    assert (row.organisation, row.in_place_on, row.shown, row.held) == (
        organisation,
        dt.date(2026, 3, 2),
        True,
        False,
    )
    again = admin.post(reverse("admin_adoptions:add"), sent)
    assert (again.status_code, Adoption.objects.count()) == (200, 1)
    changed = {**FORM, "state": PLANNED, "on": "2026-01-05"}
    assert admin.post(reverse("admin_adoptions:edit", args=[row.pk]), changed).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.planned_on, row.in_place_on) == (PLANNED, dt.date(2026, 1, 5), dt.date(2026, 3, 2))
    assert admin.post(reverse("admin_adoptions:delete", args=[row.pk])).status_code == 302


def test_a_moderator_sees_them_and_who_has_no_right_does_not(client: StrictClient, tree: Tree) -> None:
    sign_in(client, staff(Role.MODERATOR))
    assert client.get(reverse(LIST)).status_code == 200
    other: User = person()
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    stranger = StrictClient()
    sign_in(stranger, other)
    assert stranger.get(reverse(LIST)).status_code == 302


# ---------------------------------------------------------------- to read again
def test_what_is_being_asked_about_is_not_for_the_editors_yet(tree: Tree) -> None:
    asked, unread = old(tree), old(tree)
    ask(asked)
    assert [row["pk"] for row in keys_to_reread(Practice)] == [unread.pk]
    Rereading.objects.update(expires_at=timezone.now())
    assert keys_to_reread(Practice).count() == 2


def test_what_its_author_says_no_longer_holds_waits_with_her_words_until_the_page_changes(
    admin: StrictClient, tree: Tree
) -> None:
    facts = old(tree)
    row = ask(facts)
    assert row is not None
    answer(token_for(row), Answer.OUTDATED, "Le poste n’existe plus.")
    assert "Le poste n’existe plus." in admin.get(reverse("wagtailadmin_home")).content.decode()
    assert "Le poste n’existe plus." in admin.get(reverse("admin_rereadings:index")).content.decode()
    assert admin.get(reverse("admin_rereadings:inspect", args=[row.pk])).status_code == 200
    assert outdated().count() == 1
    facts.pages.update(last_published_at=timezone.now())
    assert outdated().count() == 0


def test_the_lists_of_practices_and_tools_find_what_was_not_read_again(
    admin: StrictClient, tree: Tree
) -> None:
    facts = old(tree)
    practice(tree)
    found = admin.get(f"{reverse('admin_practices:index')}?to_reread=true").context["object_list"]
    assert [page.facts_id for page in found] == [facts.pk]
    Practice.objects.filter(pk=facts.pk).update(checked_on=timezone.localdate())
    assert list(admin.get(f"{reverse('admin_practices:index')}?to_reread=true").context["object_list"]) == []
    assert admin.get(f"{reverse('admin_tools:index')}?to_reread=true").status_code == 200
