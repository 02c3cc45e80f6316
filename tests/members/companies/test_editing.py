"""Several managers describe one company: nothing typed is lost. And its logo."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pixels
from wagtail.models import Collection

from common.models import Image
from members.companies import logos
from members.companies.editing import Conflict, edit, merge, snapshot
from members.companies.refusals import AlreadyKnown, NotAllowed
from members.models import Membership, Organisation, User
from tests.factories.shared import ThemeFactory
from tests.members.companies.people import SIRET, belonging, company, manager_of, person

pytestmark = pytest.mark.django_db
EDIT, LOGO = "/en/espace/entreprise/filature/modifier/", "/en/espace/entreprise/filature/logo/"


@pytest.fixture
def filature(tree: object) -> Organisation:
    return company(slug="filature", name="Filature", at_least_300=False)


def fields_of(client: Client) -> dict[str, Any]:
    """What the form holds, as a browser would send it back."""
    form = client.get(EDIT).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in found.items()}


def test_a_manager_describes_the_company(client: Client, filature: Organisation) -> None:
    client.force_login(manager_of(filature))
    theme = ThemeFactory()
    values = {
        **fields_of(client),
        "name": "  Filature \n du Nord ",
        "summary": "Nous filons.",
        "presentation": "Première ligne.\r\n\r\nSeconde.",
        "themes": [theme.pk],
        "siret": "732 829 320 00074",
    }
    assert client.post(EDIT, values)["Location"] == "/en/espace/entreprise/filature/"
    row = Organisation.objects.get()
    assert (row.name, row.summary, row.presentation, list(row.themes.all()), row.siret, row.version) == (
        "Filature du Nord",
        "Nous filons.",
        "Première ligne.\n\nSeconde.",
        [theme],
        SIRET,
        2,
    )


def test_saving_without_a_change_writes_nothing(client: Client, filature: Organisation) -> None:
    client.force_login(manager_of(filature))
    client.post(EDIT, fields_of(client))
    assert Organisation.objects.get().version == 1


def test_a_siret_that_stands_is_not_changed_here(client: Client, filature: Organisation) -> None:
    Organisation.objects.update(siret=SIRET)
    client.force_login(manager_of(filature))
    client.post(EDIT, {**fields_of(client), "siret": "73282932000082", "name": "Autre"})
    assert Organisation.objects.values_list("siret", "name").get() == (SIRET, "Autre")


def test_somebody_elses_siret_is_refused(client: Client, filature: Organisation) -> None:
    company(siret=SIRET, name="Tissage")
    boss = manager_of(filature)
    client.force_login(boss)
    response = client.post(EDIT, {**fields_of(client), "siret": SIRET})
    assert list(map(str, response.context["form"].errors["siret"])) == [
        "Tissage is known already: ask to join it."
    ]
    with pytest.raises(AlreadyKnown):
        edit(filature, snapshot(filature), {"siret": SIRET}, boss)


def test_two_managers_who_change_different_things_both_keep_theirs(
    client: Client, filature: Organisation
) -> None:
    one, other = manager_of(filature), manager_of(filature)
    client.force_login(one)
    mine = {**fields_of(client), "summary": "La mienne."}
    client.force_login(other)
    client.post(EDIT, {**fields_of(client), "website": "https://filature.example/"})
    client.force_login(one)
    client.post(EDIT, mine)
    row = Organisation.objects.get()
    assert (row.summary, row.website, row.version) == ("La mienne.", "https://filature.example/", 3)


def test_the_second_of_two_who_change_the_same_sees_both_and_loses_nothing(
    client: Client, filature: Organisation
) -> None:
    one, other = manager_of(filature), manager_of(filature)
    client.force_login(one)
    mine = {**fields_of(client), "summary": "La mienne.", "presentation": "À moi.", "at_least_300": "yes"}
    client.force_login(other)
    client.post(EDIT, {**fields_of(client), "summary": "La sienne.", "website": "https://filature.example/"})
    client.force_login(one)
    response = client.post(EDIT, mine)
    assert [
        (clash["field"].name, clash["theirs"], clash["mine"]) for clash in response.context["clashes"]
    ] == [("summary", "La sienne.", "La mienne.")]
    assert Organisation.objects.get().summary == "La sienne."
    form = response.context["form"]
    held = {
        name: form[name].value() for name in ("summary", "presentation", "at_least_300", "website", "base")
    }
    assert {name: value for name, value in held.items() if name != "base"} == {
        "summary": "La mienne.",
        "presentation": "À moi.",
        "at_least_300": "yes",
        "website": "https://filature.example/",
    }
    assert client.post(EDIT, {**mine, **held})["Location"]
    row = Organisation.objects.get()
    assert (row.summary, row.presentation, row.at_least_300, row.website) == (
        "La mienne.",
        "À moi.",
        True,
        "https://filature.example/",
    )


def test_a_value_that_both_chose_is_no_conflict() -> None:
    base = snapshot(company())
    theirs = {**base, "summary": "Pareil."}
    assert merge(base, theirs, {"summary": "Pareil."}) == theirs
    with pytest.raises(Conflict):
        merge(base, theirs, {"summary": "Autre."})


def test_a_form_that_was_tampered_with_writes_nothing(client: Client, filature: Organisation) -> None:
    client.force_login(manager_of(filature))
    response = client.post(EDIT, {**fields_of(client), "base": "x", "name": "Volé"})
    assert (response.status_code, Organisation.objects.get().name) == (200, "Filature")


def test_only_managers_and_founders_describe(client: Client, filature: Organisation) -> None:
    member = belonging(person(), filature, role=Membership.Role.MEMBER).user
    unproved = belonging(person(), filature, confirmed=False).user
    for somebody in (member, unproved, person()):
        with pytest.raises(NotAllowed):
            edit(filature, snapshot(filature), {"name": "Volé"}, somebody)


# ---------------------------------------------------------------- logo
def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any
) -> bytes:
    file = io.BytesIO()
    Pixels.new(mode, size, 120 if mode in {"L", "P"} else None).save(file, kind, **options)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        logos.clean(io.BytesIO(content), len(content))
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"GIF89a" + b"\0" * 200,
        b"%PDF-1.7",
        b"",
        bomb(50_000, 50_000),
        bomb(400, 400),
        picture(size=(5000, 4000)),
        picture(size=(20, 20)),
        picture()[:80],
    ],
    ids=["svg", "xml", "gif", "pdf", "nothing", "bomb", "truncated", "large", "tiny", "cut"],
)
def test_hostile_and_useless_files_are_refused_with_a_reason(content: bytes) -> None:
    assert refusal(content)


def test_a_file_above_five_megabytes_is_refused_unread() -> None:
    with pytest.raises(ValidationError):
        logos.clean(io.BytesIO(b"x"), 5 * 1024 * 1024 + 1)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_again_and_what_else_the_file_held_is_gone(kind: str) -> None:
    exif = Pixels.Exif()
    exif[0x010E] = "secret"
    sent = picture(kind, size=(2400, 800), exif=exif) + b"<script>alert(1)</script>PK\x03\x04"
    kept = logos.clean(io.BytesIO(sent), len(sent))
    drawn = Pixels.open(io.BytesIO(kept))
    assert (drawn.format, drawn.size, dict(drawn.getexif()), drawn.info) == ("PNG", (1200, 400), {}, {})
    assert [word in kept for word in (b"script", b"PK\x03\x04", b"secret")] == [False] * 3


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "CMYK")])
def test_every_kind_of_colours_is_read(kind: str, mode: str) -> None:
    sent = picture(kind, mode=mode)
    assert Pixels.open(io.BytesIO(logos.clean(io.BytesIO(sent), len(sent)))).mode == "RGB"


def test_a_manager_sends_a_logo_changes_it_and_takes_it_away(client: Client, filature: Organisation) -> None:
    boss: User = manager_of(filature)
    client.force_login(boss)
    for _twice in range(2):
        upload = SimpleUploadedFile("../../logo.php", picture(), "application/x-php")
        assert client.post(LOGO, {"logo": upload})["Location"] == "/en/espace/entreprise/filature/"
    image = Image.objects.get()
    assert (image.collection.name, image.uploaded_by_user, Organisation.objects.get().logo) == (
        "Logos",
        boss,
        image,
    )
    assert re.fullmatch(r"private/originals/[0-9a-f]{32}\.png", image.file.name)
    assert image.renditions.count() == 3
    assert Collection.objects.filter(name="Logos").count() == 1
    assert "<img" in client.get("/entreprises/filature/").content.decode()
    client.post(LOGO, {"remove": "1"})
    assert (Image.objects.count(), Organisation.objects.get().logo) == (0, None)


def test_a_picture_of_the_editors_is_not_deleted_with_a_logo(filature: Organisation) -> None:
    boss = manager_of(filature)
    logos.set_logo(filature, picture(), boss)
    image = Image.objects.get()
    image.collection = Collection.get_first_root_node()
    image.save()
    logos.set_logo(filature, None, boss)
    assert Image.objects.count() == 1


def test_a_refused_logo_says_why_beside_the_field(client: Client, filature: Organisation) -> None:
    client.force_login(manager_of(filature))
    response = client.post(LOGO, {"logo": SimpleUploadedFile("logo.svg", b"<svg/>", "image/svg+xml")})
    assert list(response.context["form"].errors) == ["logo"]
    assert list(client.post(LOGO).context["form"].errors) == ["logo"]
