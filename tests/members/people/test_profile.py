"""One's own profile: the form, the hints, the previews."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.models import Theme
from members.models import Profile, User
from members.people.profile import hints
from tests.factories.shared import ThemeFactory
from tests.members.companies.people import belonging, company

from .members import FIELDS, member, profile_of, queries
from .pictures import picture

pytestmark = pytest.mark.django_db

WORDS = {
    "first_name": "Anne",
    "last_name": "Martin",
    "job_title": "Tutrice",
    "offers": "Former des tuteurs",
    "seeks": "Une grille d’entretien",
    "themes": ["transmission"],
    **{f"{field}_seen_by": "members" for field in FIELDS},
}


@pytest.fixture(autouse=True)
def theme() -> Theme:
    return Theme.objects.get_or_create(
        slug="transmission",
        defaults={
            "family": "transmettre",
            "position": 800,
            "names": {"fr": "Transmission"},
            "descriptions": {"fr": "."},
        },
    )[0]


@pytest.fixture
def anne(client: Client) -> User:
    user = member("Anne")
    client.force_login(user)
    return user


def photo(content: bytes | None = None, name: str = "moi.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def test_everything_is_for_members_by_default(anne: User) -> None:
    assert {getattr(profile_of(anne), f"{field}_visibility") for field in FIELDS} == {"members"}


def test_what_is_written_is_saved(client: Client, anne: User) -> None:
    response = client.post(
        "/espace/profil/", {**WORDS, "offers_seen_by": "everyone", "seeks_seen_by": "nobody"}
    )
    assert (response.status_code, response["Location"]) == (302, "/espace/profil/")
    profile = Profile.objects.select_related("user").get(user=anne)
    user = profile.user
    assert (user.first_name, user.last_name, user.job_title) == ("Anne", "Martin", "Tutrice")
    assert (profile.offers, profile.seeks) == ("Former des tuteurs", "Une grille d’entretien")
    assert [theme.slug for theme in profile.themes.all()] == ["transmission"]
    assert (profile.offers_visibility, profile.seeks_visibility, profile.job_visibility) == (
        "everyone",
        "nobody",
        "members",
    )


def test_a_refused_form_comes_back_as_it_was(client: Client, anne: User) -> None:
    form = client.post("/espace/profil/", {**WORDS, "last_name": "", "offers": "x" * 1001}).context["form"]
    assert (sorted(form.errors), form["first_name"].value(), form["offers"].value()) == (
        ["last_name", "offers"],
        "Anne",
        "x" * 1001,
    )
    assert User.objects.get(pk=anne.pk).last_name == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "anne@example.org"),
        ("last_name", "https://spam.example"),
        ("last_name", "x" * 61),
        ("job_seen_by", "everybody"),
        ("job_seen_by", ""),
        ("themes", ["unknown"]),
        ("offers", "a\x00b"),
    ],
)
def test_what_is_refused(client: Client, anne: User, field: str, value: Any) -> None:
    assert list(client.post("/espace/profil/", {**WORDS, field: value}).context["form"].errors) == [field]


def test_nothing_invisible_stands_in_a_name(client: Client, anne: User) -> None:
    client.post("/espace/profil/", {**WORDS, "last_name": "Mar\u202etin\u200b\r\n  Bcc"})
    assert User.objects.get(pk=anne.pk).last_name == "Mar tin Bcc"


def test_nothing_else_of_the_account_is_written(client: Client, anne: User) -> None:
    before = User.objects.filter(pk=anne.pk).values("email", "is_staff", "is_superuser", "password").get()
    client.post(
        "/espace/profil/",
        {
            **WORDS,
            "email": "x@example.org",
            "is_staff": "on",
            "is_superuser": "on",
            "user": "1",
            "photo": "private/x",
        },
    )
    after = User.objects.filter(pk=anne.pk).values("email", "is_staff", "is_superuser", "password").get()
    assert (before, profile_of(anne).photo) == (after, "")


def test_words_are_shown_as_they_were_typed(client: Client, anne: User) -> None:
    client.post("/espace/profil/", {**WORDS, "first_name": "<b>Anne", "offers": "<script>alert(1)</script>"})
    profile_of(anne, seen_by="everyone")
    for path in (
        "/espace/profil/",
        "/membres/",
        f"/membres/{anne.profile.public_id}/",
        "/espace/profil/apercu/",
    ):
        html = client.get(path).content.decode()
        assert ("<script>alert" in html, "<b>Anne" in html) == (False, False)


# ---------------------------------------------------------------- the photo
def test_a_photo_is_sent_with_the_profile_then_removed(client: Client, anne: User) -> None:
    client.post("/espace/profil/", {**WORDS, "photo": photo(name="../../évasion.php")})
    folder = profile_of(anne).photo
    assert folder.startswith("private/photos/")
    assert sorted(default_storage.listdir(folder)[1]) == ["128.webp", "480.webp"]
    client.post("/espace/profil/", {**WORDS, "remove_photo": "1"})
    assert (profile_of(anne).photo, default_storage.exists(folder)) == ("", False)


def test_an_accepted_photo_is_kept_when_another_field_is_to_mend(client: Client, anne: User) -> None:
    response = client.post("/espace/profil/", {**WORDS, "last_name": "", "photo": photo()})
    assert (list(response.context["form"].errors), bool(profile_of(anne).photo)) == (["last_name"], True)


def test_a_refused_photo_leaves_the_former_one(client: Client, anne: User) -> None:
    client.post("/espace/profil/", {**WORDS, "photo": photo()})
    former = profile_of(anne).photo
    response = client.post("/espace/profil/", {**WORDS, "photo": photo(b"<svg onload='alert(1)'/>")})
    assert (list(response.context["form"].errors), profile_of(anne).photo) == (["photo"], former)


# ---------------------------------------------------------------- hints and previews
def test_two_hints_at_most_and_none_for_what_is_kept_private(anne: User) -> None:
    profile = profile_of(anne)
    assert [hint.field for hint in hints(profile)] == ["offers", "themes"]
    profile = profile_of(anne, offers="Former des tuteurs", themes_visibility="nobody")
    assert [hint.field for hint in hints(profile)] == ["photo", "job"]


def test_the_company_comes_from_confirmed_memberships(client: Client, anne: User) -> None:
    belonging(anne, company(name="Filature Zêta"))
    belonging(anne, company(name="Pas encore"), confirmed=False)
    assert [each.name for each in client.get("/espace/profil/").context["companies"]] == ["Filature Zêta"]


@pytest.mark.parametrize(
    ("path", "seen_by", "shown"),
    [
        ("/espace/profil/apercu/", "members", True),
        ("/espace/profil/apercu/", "nobody", False),
        ("/espace/profil/apercu/public/", "members", False),
        ("/espace/profil/apercu/public/", "everyone", True),
    ],
)
def test_one_sees_oneself_as_others_do(client: Client, path: str, seen_by: str, shown: bool) -> None:
    anne = member("Anne Martin")
    client.force_login(anne)
    profile_of(anne, seen_by=seen_by)
    assert (client.get(path).context["card"] is not None) == shown


def test_the_form_asks_as_much_whatever_it_holds(client: Client, anne: User) -> None:
    asked = []
    for number in range(3):
        belonging(anne, company(name=f"Entreprise {number}"))
        theme = ThemeFactory(position=700 + number)
        profile_of(anne).themes.add(theme)
        asked.append(queries(client, "/espace/profil/"))
    assert (asked[0] == asked[2], asked[2] <= 11) == (True, True)


@pytest.mark.parametrize(
    "path", ["/espace/profil/", "/espace/profil/apercu/", "/espace/profil/apercu/public/"]
)
def test_a_visitor_signs_in_first(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/compte/login/?next={path}")
    assert response["Cache-Control"] == "private, no-store"
