"""What is in the copy of one's data, and what is not."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from common.registries import PersonalData
from members.models import Profile, User
from members.privacy import archive
from members.privacy.sections import account
from tests.members.privacy.people import known, working

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def made(user: User) -> zipfile.ZipFile:
    target = io.BytesIO()
    archive.write(user, target, timezone.now())
    return zipfile.ZipFile(target)


def data_of(user: User) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(made(user).read("data.json").decode())
    return data


def rows_of(user: User, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = next(s["rows"] for s in data_of(user)["sections"] if s["key"] == key)
    return rows


def page_of(user: User) -> str:
    return made(user).read("index.html").decode()


def test_the_copy_holds_the_same_for_programs_and_for_people() -> None:
    names = made(known()).namelist()
    assert names == ["data.json", "index.html"]


def test_the_data_say_what_they_are() -> None:
    data = data_of(known(language="en"))
    assert data["format"] == {"name": "atoutage-personal-data", "version": 1}
    assert (data["language"], data["time_zone"], data["files"]) == ("en", "Europe/Paris", [])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+0[12]:00", data["made_at"])


def test_the_account_is_there_with_its_addresses() -> None:
    user = known()
    row = rows_of(user, "account")[0]
    assert (row["email"], row["first_name"], row["job_title"]) == (user.email, "Camille", "Responsable RH")
    assert row["addresses"] == [{"email": user.email, "verified": True, "primary": True}]
    assert row["signed_up_at"] == timezone.localtime(user.date_joined).isoformat()


def test_companies_steps_and_invitations_are_there() -> None:
    user = known()
    assert [(row["company"], len(row["codes"])) for row in rows_of(user, "companies")] == [("La Fonderie", 1)]
    noted = sorted(row["text"] for row in rows_of(user, "contacts") if "text" in row)
    assert noted == ["Vu Camille Durand à l’atelier.", "camille durand a rappelé."]
    assert [row["company"] for row in rows_of(user, "invitations")] == [
        "Le Moulin",
        "La Fonderie",
        "La Fonderie",
    ]


def test_secrets_are_not_there() -> None:
    text = json.dumps(data_of(known()))
    assert "secret-seed" not in text
    assert "pbkdf2" not in text
    assert "md5$" not in text


def test_other_people_are_there_by_their_public_name_only() -> None:
    text = json.dumps(data_of(known()), ensure_ascii=False)
    assert "sacha@example.net" not in text
    assert "s…@example.net" in text
    assert re.findall(r"personne-\d+@example.org", text) == []
    assert "Alix Martin" in text


def test_what_another_person_with_an_unverified_address_claims_is_not_there() -> None:
    user = known()
    EmailAddress.objects.filter(user=user).update(verified=False)
    assert [row["company"] for row in rows_of(user, "invitations")] == ["Le Moulin", "La Fonderie"]


def test_markup_in_any_field_is_text_in_the_page() -> None:
    user = known()
    User.objects.filter(pk=user.pk).update(first_name=SCRIPT, job_title='"><img src=x onerror=alert(1)>')
    Profile.objects.filter(user=user).update(offers=SCRIPT)
    page = page_of(User.objects.get(pk=user.pk))
    assert re.findall(r"<(script|img)\b", page) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = page_of(known())
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == []
    assert "default-src 'none'" in page


def test_the_mark_of_the_template_in_a_name_breaks_nothing() -> None:
    user = known("[[…]] [[…]]")
    page = page_of(user)
    assert page.count("<h2") > 5
    assert page.rstrip().endswith("</html>")


def test_the_page_is_in_the_person_s_language() -> None:
    assert '<html lang="nl">' in page_of(known(language="nl"))


def test_files_are_there_under_names_that_stay_in_their_folder() -> None:
    user = known()
    working(user)
    copied = made(user)
    assert sorted(name for name in copied.namelist() if name.startswith("files/")) == [
        "files/documents/_._Un_guide.pdf",
        "files/images/Un_atelier.gif",
    ]
    assert copied.read("files/documents/_._Un_guide.pdf") == b"%PDF"
    assert 'href="files/documents/_._Un_guide.pdf"' in copied.read("index.html").decode()


def test_a_file_that_is_gone_is_said_and_stops_nothing() -> None:
    user = known()
    image = working(user)
    image.file.storage.delete(image.file.name)
    assert {"section": "uploads", "name": "images/Un atelier.gif", "missing": "not found"} in data_of(user)[
        "files"
    ]


def test_files_beyond_the_limit_are_named_only(monkeypatch: pytest.MonkeyPatch) -> None:
    user = known()
    working(user)
    monkeypatch.setattr(archive, "FILES_LIMIT", 3)
    assert {row.get("missing") for row in data_of(user)["files"]} == {"too large"}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("../../etc/passwd", "files/etc/passwd"),
        ("/a/b.txt", "files/a/b.txt"),
        ("a/..", "files/a"),
        ("a\\..\\b:c?.txt", "files/a_._b_c_.txt"),
        ("", "files/file"),
        (".htaccess", "files/htaccess"),
    ],
)
def test_names_of_files_never_climb(wanted: str, expected: str) -> None:
    assert archive.Files().name(wanted) == expected


def test_two_files_of_one_name_are_both_there() -> None:
    files = archive.Files()
    assert [files.name("a/b.txt") for _time in range(3)] == [
        "files/a/b.txt",
        "files/a/b-2.txt",
        "files/a/b-3.txt",
    ]


def test_memory_does_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    many = PersonalData(
        key="many",
        label="many",
        export=lambda _user: ({"text": "x" * 10_000} for _row in range(2_000)),
        erase=account.erase_account,
    )
    monkeypatch.setattr(archive, "personal_data", [many])
    user = known()
    with io.BytesIO() as target:
        tracemalloc.start()
        archive.write(user, target, timezone.now())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000
