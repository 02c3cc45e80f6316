"""The pictures of shared links."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image, ImageColor
from wagtail.signals import page_published

from common.models import ShareImage
from common.web import drawing, sharing
from tests.factories.pages import NewsPageFactory, PracticePageFactory
from tests.factories.shared import ThemeFactory

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tests.factories.site import Tree

CARD = drawing.CardText(
    "Un binôme de six mois", "Transmission", "Bonne pratique", "transmettre", "Atout’âge", "Une promesse"
)


def lines_of(title: str) -> list[str]:
    return drawing.fit_title(title)[0]


def test_a_picture_has_the_size_that_networks_want_and_is_light() -> None:
    file = drawing.draw_card(CARD)
    picture = Image.open(io.BytesIO(file))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")
    assert len(file) < 60_000


@pytest.mark.parametrize("family", [*drawing.FAMILY_COLOURS, "inconnue"])
def test_each_family_has_its_pip_in_its_colour(family: str) -> None:
    card = drawing.CardText("T", "L", "K", family, "S", "P")
    picture = Image.open(io.BytesIO(drawing.draw_card(card))).convert("RGB")
    corner = (drawing.LEFT + drawing.PADDING, drawing.TOP + 36)
    box = picture.crop((*corner, corner[0] + drawing.PIP, corner[1] + drawing.PIP))
    colour = ImageColor.getrgb(drawing.FAMILY_COLOURS.get(family, drawing.BLUE))
    assert colour in {found for _count, found in box.getcolors(4000) or []}


def test_a_title_is_broken_at_its_ordinary_spaces_only() -> None:
    title = "Aménager un poste à moins de 1\u202f000\u202f€\u202f: ce qui a été gardé\u202f!"
    lines = lines_of(title)
    assert " ".join(lines) == title
    assert all(not line.startswith((":", "!", "€")) for line in lines)


def test_lines_are_of_even_length() -> None:
    lines = lines_of("Un binôme de six mois avant chaque départ à la retraite")
    assert max(map(len, lines)) - min(map(len, lines)) < 10


def test_a_title_that_is_too_long_is_cut_in_four_lines() -> None:
    lines = lines_of("Transmettre les savoir-faire de l’atelier " * 9)
    assert (len(lines), lines[-1][-1]) == (4, "…")


def test_what_the_font_lacks_is_left_out() -> None:
    assert drawing.legible(drawing.TITLE_FONT, "Œuvre à Łódź 🎉") == "Œuvre à ódz"


def test_a_publication_makes_the_picture(
    tree: Tree, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = PracticePageFactory(parent=tree.practices, lead_theme=ThemeFactory(family="prendre-soin"))
    with django_capture_on_commit_callbacks(execute=True):
        page_published.send(sender=type(page), instance=page)
    row = ShareImage.objects.get()
    assert row.name.startswith(f"partage/{page.translation_key}-fr-")
    assert default_storage.exists(row.name)
    assert sharing.address_of(str(page.translation_key), "fr") == f"/media/{row.name}"


def test_pages_learn_of_pictures_once_the_queue_is_empty(
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    key = str(NewsPageFactory(parent=tree.news).translation_key)
    for waiting, known in ((True, None), (False, True)):
        monkeypatch.setattr(sharing, "is_waiting", lambda _path, waiting=waiting: waiting)
        assert sharing.address_of(key, "fr") is None
        with django_capture_on_commit_callbacks(execute=True):
            sharing.make_share_images.call(key)
        assert (sharing.address_of(key, "fr") is not None) is bool(known)


def test_a_title_that_changes_makes_another_picture_and_drops_the_first(tree: Tree) -> None:
    page = NewsPageFactory(parent=tree.news, title="Avant")
    assert (sharing.make(page), sharing.make(page)) == (True, False)
    before = ShareImage.objects.get().name
    page.title = "Après"
    assert sharing.make(page)
    after = ShareImage.objects.get().name
    assert (default_storage.exists(before), default_storage.exists(after)) == (False, True)


def test_a_lost_file_is_made_again(tree: Tree) -> None:
    page = NewsPageFactory(parent=tree.news)
    sharing.make(page)
    name = ShareImage.objects.get().name
    default_storage.delete(name)
    assert sharing.make(page)
    assert default_storage.exists(name)


def test_a_deleted_page_leaves_no_picture(
    tree: Tree, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = NewsPageFactory(parent=tree.news)
    sharing.make(page)
    name = ShareImage.objects.get().name
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert (ShareImage.objects.count(), default_storage.exists(name)) == (0, False)


def test_the_command_makes_what_is_missing(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []

    def draw(text: drawing.CardText) -> bytes:
        drawn.append(text)
        return b"png"

    monkeypatch.setattr(sharing, "draw_card", draw)
    out = io.StringIO()
    call_command("make_share_images", stdout=out)
    call_command("make_share_images", stdout=out)
    assert out.getvalue().split("\n") == ["8 pictures made", "0 pictures made", ""]
    assert {text.site for text in drawn} == {"Atout’âge"}
