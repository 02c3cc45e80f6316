"""The first page of a PDF, drawn apart and within limits."""

from __future__ import annotations

import io
import subprocess
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from common.models import DocumentPreview
from tests.common.uploads import samples
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from toolbox.files import previews
from toolbox.models import Tool, ToolPage

from . import tools

pytestmark = pytest.mark.django_db


def test_the_first_page_is_drawn_when_a_tool_is_published(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    preview = DocumentPreview.objects.get(document=page.document)
    with preview.file.open("rb") as file:
        picture = Image.open(io.BytesIO(file.read()))
    assert (picture.format, picture.size) == ("WEBP", (preview.width, preview.height))
    assert (preview.width, preview.page_count, preview.error) == (480, 1, "")
    html = client.get(page.path_on_site).content.decode()
    assert preview.file.url in html
    response = client.get(preview.file.url)
    assert response.status_code == 200
    tools.read(response)


def test_the_number_of_pages_is_filled_in_where_nobody_said_it(tree: Tree) -> None:
    said, unsaid = tools.tool(tree, page_count=7), tools.tool(tree, "Autre")
    assert [Tool.objects.get(pk=page.facts_id).page_count for page in (said, unsaid)] == [7, 1]
    assert ToolPage.objects.get(pk=unsaid.pk).page_count == 1


@pytest.mark.parametrize("audience", ["members", "signatories"])
def test_nothing_is_drawn_of_what_is_not_for_everybody(tree: Tree, audience: str) -> None:
    tools.tool(tree, audience=audience)
    assert DocumentPreview.objects.count() == 0


def test_a_preview_goes_when_its_tool_is_closed(tree: Tree, django_capture_on_commit_callbacks: Any) -> None:
    page = tools.tool(tree)
    name = DocumentPreview.objects.get().file.name
    page.audience = "members"
    tools.publish(page)
    assert (DocumentPreview.objects.count(), default_storage.exists(str(name))) == (0, False)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n" + bytes(5000),
        samples.pdf()[:120],
        samples.pdf().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 0 0]"),
        samples.pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
    ],
)
def test_a_hostile_pdf_gives_no_picture_or_a_small_one(content: bytes) -> None:
    try:
        _pages, width, height, picture = previews.run(content)
    except previews.CannotDraw:
        return
    assert (width <= 480, height <= 1200, len(picture) < previews.MOST_BYTES) == (True, True, True)


def test_an_enormous_page_is_drawn_small() -> None:
    content = samples.pdf().replace(b"[0 0 595 842]", b"[0 0 9e5 9e5]")
    _pages, width, height, _picture = previews.run(content)
    assert (width <= 480, height <= 1200) == (True, True)


def test_a_drawing_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_args: Any, **kwargs: Any) -> Any:
        raise subprocess.TimeoutExpired("drawing", kwargs["timeout"])

    monkeypatch.setattr(previews.subprocess, "run", late)  # type: ignore[attr-defined]
    with pytest.raises(previews.CannotDraw):
        previews.run(samples.pdf())


def test_a_failure_is_written_down_and_not_tried_for_ever(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_content: bytes) -> Any:
        raise previews.CannotDraw("size")

    monkeypatch.setattr(previews, "run", fail)
    tools.tool(tree)
    assert DocumentPreview.objects.get().error == "CannotDraw: size"
    assert previews.draw_missing() == 0
