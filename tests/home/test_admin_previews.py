from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import Block, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from common.admin_checks import SiteContentChecker
from events.models import Event, EventPage
from home.video_form import VideoPageForm
from tests.factories import pages
from tests.factories.shared import ThemeFactory, UserFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from tests.home.films import mp4, upload

KINDS = [model for model in get_page_models() if model is not Page]
NESTED = {
    "NewsPage": "news",
    "VideoPage": "videos",
    "EventPage": "events",
    "PracticePage": "practices",
    "ToolPage": "tools",
}


def page_of(model: type[Page], tree: Tree) -> Any:
    """A page of that type: the tree's own, or a new one under its list."""
    existing = model._default_manager.first()
    if existing is not None:
        return existing
    parent = getattr(tree, NESTED.get(model.__name__, "home"))
    return getattr(pages, f"{model.__name__}Factory")(parent=parent)


def preview(page: Any) -> str:
    request = RequestFactory(SERVER_NAME="localhost").get("/")
    request.user = UserFactory(admin=True)
    response = page.make_preview_request(original_request=request, preview_mode=page.default_preview_mode)
    assert response.status_code == 200
    return str(
        response.render().content.decode() if hasattr(response, "render") else response.content.decode()
    )


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_every_kind_of_page_has_a_preview(model: type[Page], tree: Tree) -> None:
    page = page_of(model, tree)
    assert page.title in preview(page).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("kind", ["VideoPage", "EventPage", "PracticePage", "ToolPage"])
def test_a_page_has_a_preview_before_it_has_facts(kind: str, tree: Tree) -> None:
    factory = getattr(pages, f"{kind}Factory")
    page = factory(parent=getattr(tree, NESTED[kind]), live=False, first_published_at=None)
    assert page.facts is None
    assert page.lead_theme.name in preview(page)


def test_the_preview_shows_what_the_form_says_the_page_what_was_published(tree: Tree) -> None:
    other = ThemeFactory()
    page = pages.EventPageFactory(parent=tree.events, place="Ici", themes=[other])
    page.place = "Ailleurs"
    assert page.shown_facts.place == "Ici"
    page.previewed = True
    assert (page.shown_facts.pk, page.shown_facts.place) == (page.facts.pk, "Ailleurs")
    assert set(page.shown_facts.themes.all()) == {page.lead_theme, other}
    assert Event.objects.get().place == "Ici"


def test_a_preview_of_a_half_filled_form_does_not_fail(tree: Tree) -> None:
    page = EventPage(title="À finir", locale=tree.home.locale, lead_theme=ThemeFactory())
    page.previewed = True
    page.starts_at = page.ends_at = timezone.now() + dt.timedelta(days=1)
    assert page.shown_facts.capacity is None
    assert list(page.shown_facts.organisers.all()) == []


def blocks_of(block: Any, seen: set[str]) -> Iterator[Block]:
    """The blocks that an editor chooses among, at every depth."""
    inner = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    for child in filter(None, inner):
        if isinstance(block, StreamBlock) and child.definition_prefix not in seen:
            seen.add(child.definition_prefix)
            yield child
        yield from blocks_of(child, seen)


def test_every_block_has_a_preview_in_our_colours(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    seen: set[str] = set()
    streams = [
        field.stream_block
        for model in KINDS
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    ]
    blocks = [block for stream in streams for block in blocks_of(stream, seen)]
    assert {block.label for block in blocks if not block.is_previewable} == set()
    for block in blocks:
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert (response.status_code, "css/site.css" in response.content.decode()) == (200, True)


def test_an_editor_finds_our_checks_on_the_page_and_a_visitor_none(client: StrictClient, tree: Tree) -> None:
    assert "wagtail-userbar" not in client.get("/").content.decode()
    sign_in(client)
    html = client.get("/").content.decode()
    found = re.search(r'<script id="checker-axe-configuration" type="application/json">(.*?)</script>', html)
    assert found is not None
    configuration = json.loads(found[1])
    assert configuration["options"]["runOnly"] == SiteContentChecker.axe_run_only
    assert "admin/checks.js" in html


def test_every_check_says_what_to_do_about_it() -> None:
    checker = SiteContentChecker()
    assert set(checker.axe_run_only) - checker.axe_messages.keys() == set()


def video_form(page: Any, **changes: Any) -> VideoPageForm:
    form_class = type(page).get_edit_handler().get_form_class()
    files = {name: changes.pop(name) for name in ("file", "captions") if name in changes}
    answers = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "published_on": "2026-03-12",
        "lead_theme": page.lead_theme_id,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **changes,
    }
    form: VideoPageForm = form_class(answers, files, instance=page, for_user=UserFactory(admin=True))
    return form


def test_the_editor_reads_a_film_and_turns_its_captions_into_webvtt(tree: Tree) -> None:
    page = pages.VideoPageFactory(parent=tree.videos, duration=None)
    captions = upload(b"1\n00:00:01,000 --> 00:00:03,000\nBonjour.\n", "a.srt")
    form = video_form(page, file=upload(mp4(95)), captions=captions)
    assert form.errors == {}
    assert form.cleaned_data["duration"] == 95
    assert form.cleaned_data["captions"].read().startswith(b"WEBVTT")


def test_the_editor_refuses_what_is_not_a_film(tree: Tree) -> None:
    form = video_form(pages.VideoPageFactory(parent=tree.videos), file=upload(b"<html>"))
    assert set(form.errors) == {"file"}


def test_a_page_has_three_themes_at_most_the_main_one_counted_once(tree: Tree) -> None:
    page = pages.VideoPageFactory(parent=tree.videos)
    themes = [ThemeFactory().pk for _time in range(3)]
    address = page.address
    three = video_form(page, address=address, themes=[page.lead_theme_id, *themes[:2]])
    assert three.errors == {}
    assert [theme.pk for theme in three.cleaned_data["themes"]] == themes[:2]
    assert set(video_form(page, address=address, themes=themes).errors) == {"themes"}
