"""From answers to a page, and back."""

from __future__ import annotations

import json

import pytest
from django.utils.html import strip_tags

from tests.factories.pages import PracticePageFactory, ToolPageFactory
from tests.factories.site import Tree
from toolbox.models import Contribution, Tool, ToolPage
from toolbox.review.typed import html_of, text_of
from toolbox.review.values import raw, settled
from toolbox.review.words import rich
from toolbox.review.writing import answers_of, build_page

from .sent import answers, draft

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [ici](javascript:alert(1)) "
    "[là](data:text/html,x) <a href='javascript:x'>z</a> [bon](https://example.org/\"onclick=x)"
)


def test_a_page_says_what_was_answered_and_gives_it_back(tree: Tree) -> None:
    row = draft()
    page = build_page(row)
    assert page.pk is None
    assert {key: settled(value) for key, value in answers_of(page).items()} == {
        key: settled(row.answers.get(key)) for key in answers_of(page)
    }
    assert page.lead_theme.slug == "transmission"
    assert page.organisation == row.organisation


def test_words_become_what_the_editor_would_have_made(db: None) -> None:
    html = html_of("Un.\nDeux.\n\n- a\n- b **c**\n\nhttps://example.org/x.", headings=True)
    assert html == (
        "<p>Un.<br>Deux.</p><ul><li>a</li><li>b <b>c</b></li></ul>"
        '<p><a href="https://example.org/x">https://example.org/x</a>.</p>'
    )
    assert text_of(html) == "Un.\nDeux.\n\n- a\n- b **c**\n\nhttps://example.org/x."


def test_what_a_hostile_hand_pastes_is_shown_and_never_run(db: None) -> None:
    html = rich(HOSTILE, ["bold", "link"])
    for mark in ("<script", "<img", 'href="javascript', 'href="data', "onerror=alert(1)>", '"onclick'):
        assert mark not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert html.count("<a ") <= 1


@pytest.mark.parametrize(
    "typed", ["<p><b>" * 40_000, "- " * 30_000, "**" * 30_000, "[" * 60_000, "> " * 30_000]
)
def test_huge_or_deep_text_is_cut_and_raises_nothing(db: None, typed: str) -> None:
    assert len(strip_tags(rich(typed, ["bold", "ul"]))) < 140_000


def test_answers_of_any_shape_make_a_page(tree: Tree) -> None:
    wild = {
        "title": {"a": 1},
        "themes": "x",
        "steps": ["x", {"title": ["y"]}, {"text": "<script>"}],
        "key_results": {"value": 1},
        "tools": ["nope", None],
        "year": "deux mille",
        "sector": "' OR 1=1",
        "gallery": {"a": 1},
    }
    page = build_page(draft(answers=answers(**wild)))
    assert (page.title, page.year, page.sector, list(page.tools.all())) == ("", None, "", [])
    assert "<script" not in json.dumps(raw(page.steps))


def test_words_that_were_not_changed_stay_as_the_editor_made_them(tree: Tree) -> None:
    linked = '<p data-block-key="a1">Voir <a linktype="page" id="3">la page</a>.</p>'
    page = PracticePageFactory(parent=tree.practices, context_text=linked)
    row = draft(page_id=page.pk, answers={**answers_of(page), "results_text": "Mieux."})
    built = build_page(row)
    assert built.context_text == linked
    assert strip_tags(built.results_text) == "Mieux."


def test_a_tool_keeps_the_blocks_that_a_plain_field_cannot_hold(tree: Tree) -> None:
    page = ToolPageFactory(parent=tree.tools)
    block = ToolPage._meta.get_field("body").stream_block
    quote = {"type": "quote", "value": {"text": "Simple.", "attribution": "Une RRH"}}
    page.body = block.to_python([{"type": "text", "value": "<p>Avant.</p>"}, quote])
    page.save()
    row = draft(kind="tool", page_id=page.pk, answers={**answers_of(page), "body": "### Quand\n\nAprès."})
    kinds = [(child["type"], child["value"]) for child in raw(build_page(row).body)]
    assert [kind for kind, _value in kinds] == ["heading", "text", "quote"]
    assert kinds[0][1] == {"text": "Quand", "level": "2"}


def test_tools_are_named_by_the_key_that_all_languages_share(tree: Tree) -> None:
    tool = Tool.objects.get(pk=ToolPageFactory(parent=tree.tools).facts_id)
    page = build_page(draft(answers=answers(tools=[str(tool.translation_key)])))
    assert list(page.tools.all()) == [tool]
    assert answers_of(page)["tools"] == [str(tool.translation_key)]


def test_nothing_is_saved_by_a_preview(tree: Tree) -> None:
    build_page(draft())
    assert tree.practices.get_children().count() == 0
    assert Contribution.objects.get().page is None
