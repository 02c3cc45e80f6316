"""Pictures and documents that come with a contribution: private until it is accepted."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from PIL import Image as Picture

from common.models import Document, Image
from tests.factories.site import Tree
from toolbox.models import Contribution, ContributionFile, PracticePage, Tool
from toolbox.review import kind, tasks, workflow
from toolbox.review.values import raw

from .sent import State, answers, decided, draft, send, sent

Verdict = ContributionFile.Verdict


def picture() -> bytes:
    buffer = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def attach(row: Contribution, role: str = "picture", verdict: str = Verdict.CLEAN) -> ContributionFile:
    content, name = (picture(), "atelier.png") if role == "picture" else (b"Grille", "grille.txt")
    return ContributionFile.objects.create(
        contribution=row,
        role=role,
        file=ContentFile(content, name=name),
        name=name,
        size=len(content),
        content_type="image/png" if role == "picture" else "text/plain",
        sha256=f"{row.files.count():064d}",
        description="Deux collègues à l’établi" if role == "picture" else "",
        verdict=verdict,
    )


def with_picture(verdict: str = Verdict.CLEAN) -> Contribution:
    row = draft()
    attach(row, verdict=verdict)
    send(row)
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    return row


def test_a_picture_is_private_until_its_practice_is_published(tree: Tree) -> None:
    row = with_picture()
    image = Image.objects.get()
    assert (image.is_public, image.description) == (False, "Deux collègues à l’établi")
    decided(row, kind.ACCEPT)
    image = Image.objects.get()
    assert image.is_public
    block = raw(PracticePage.objects.get().gallery)[0]
    assert block["value"]["image"] == {
        "image": image.pk,
        "decorative": False,
        "alt_text": "Deux collègues à l’établi",
    }


def test_preparing_twice_makes_one_picture(tree: Tree) -> None:
    row = with_picture()
    workflow.prepare(row)
    decided(row, kind.ACCEPT)
    assert Image.objects.count() == 1
    assert len(raw(PracticePage.objects.get().gallery)) == 1


def test_what_the_checks_refused_goes_nowhere(tree: Tree) -> None:
    row = with_picture(Verdict.REFUSED)
    decided(row, kind.ACCEPT)
    assert (row.state, Image.objects.count()) == (State.ACCEPTED, 0)


def test_nothing_is_made_while_a_file_is_being_checked(tree: Tree) -> None:
    row = with_picture(Verdict.PENDING)
    assert (row.page, PracticePage.objects.count()) == (None, 0)
    row.files.update(verdict=Verdict.CLEAN)
    tasks.prepare_forgotten()
    assert PracticePage.objects.count() == 1


def test_what_was_refused_leaves_no_picture_behind(tree: Tree) -> None:
    row = with_picture()
    decided(row, kind.REFUSE, reason="Non.")
    assert Image.objects.count() == 0
    assert row.files.count() == 1


def tool_answers() -> dict[str, object]:
    words = {
        "body": "1. Lire.",
        "kind": "checklist",
        "licence": "cc-by-4.0",
        "language": "fr",
        "accessible": True,
    }
    return {
        **{key: value for key, value in answers().items() if key in {"title", "summary", "themes"}},
        **words,
    }


def test_a_tool_is_published_with_its_file(tree: Tree) -> None:
    row = draft(kind="tool", answers=tool_answers())
    attach(row, "document")
    send(row)
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    decided(row, kind.ACCEPT)
    tool = Tool.objects.get()
    assert (row.state, tool.document, tool.author) == (State.ACCEPTED, Document.objects.get(), row.author)
    assert not Document.objects.get().collection.get_view_restrictions().exists()


def test_a_tool_with_nothing_to_take_waits_for_a_moderator_to_send_it_back(tree: Tree) -> None:
    row = sent(kind="tool", answers=tool_answers())
    assert row.page is None
    decided(row, kind.SEND_BACK)
    assert row.state == State.SENT_BACK
