"""From Markdown to the blocks and rich text that an editor would have made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from home.content.markdown import blocks, rich_text, sections
from home.content.reading import ContentError, Source, read_page


def source(body: str) -> Source:
    return Source(Path("page.md"), "demo/page.md", {"title": "Le titre"}, body=body, body_line=6)


def fence(info: str, text: str, line: int) -> tuple[str, Any]:
    return info, (text, line)


def made(body: str) -> list[tuple[str, Any, int]]:
    return [tuple(block) for block in blocks(source(body), fence)]


def test_paragraphs_and_lists_that_follow_each_other_are_one_block() -> None:
    assert made("Un.\n\nDeux :\n\n- trois\n- quatre\n") == [
        ("text", "<p>Un.</p>\n<p>Deux :</p>\n<ul>\n<li>trois</li>\n<li>quatre</li>\n</ul>", 6)
    ]


def test_headings_cut_the_text_and_keep_their_level() -> None:
    assert made("Avant.\n\n## Section\n\nAprès.\n\n### Détail\n") == [
        ("text", "<p>Avant.</p>", 6),
        ("heading", {"text": "Section", "level": "2"}, 8),
        ("text", "<p>Après.</p>", 10),
        ("heading", {"text": "Détail", "level": "3"}, 12),
    ]


def test_a_quotation_loses_its_marks_and_gains_who_says_it() -> None:
    assert made("> « On ne m’avait jamais demandé. »\n> — Un régleur, quarante ans de métier\n") == [
        (
            "quote",
            {"text": "On ne m’avait jamais demandé.", "attribution": "Un régleur, quarante ans de métier"},
            6,
        )
    ]


def test_a_table_has_header_cells_and_the_heading_above_as_its_caption() -> None:
    [_heading, (name, value, line)] = made("## Budget\n\n| | 2018 |\n|---|---|\n| **Charges** | 660 |\n")
    assert (name, line, value["data"]) == ("table", 8, [["", "2018"], ["Charges", "660"]])
    assert (value["table_caption"], value["table_header_choice"]) == ("Budget", "both")


def test_a_table_whose_first_column_has_a_title_has_no_row_headers() -> None:
    [(_name, value, _line)] = made("| Siège | Au titre de |\n|---|---|\n| Présidence | Tourcoing |\n")
    assert (value["table_caption"], value["table_header_choice"]) == ("Le titre", "row")


def test_a_fence_is_told_the_line_of_its_first_line() -> None:
    assert made("Avant.\n\n```figures\nitems: []\n```\n")[1] == ("figures", ("items: []\n", 9), 8)


@pytest.mark.parametrize(
    ("body", "line"), [("# Titre", 6), ("Avant.\n\n#### Trop bas", 8), ("Avant.\n\n---\n", 8)]
)
def test_what_no_block_can_hold_is_refused_with_its_line(body: str, line: int) -> None:
    with pytest.raises(ContentError) as raised:
        made(body)
    assert str(raised.value).startswith(f"demo/page.md:{line}: ")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**gras** et *italique*", "<p><b>gras</b> et <i>italique</i></p>"),
        ("[ici](/contact/)", '<p><a href="/contact/">ici</a></p>'),
        ("1. un\n\n2. deux", "<ol>\n<li>un</li>\n<li>deux</li>\n</ol>"),
        ("[non](javascript:alert(1))", "<p>[non](javascript:alert(1))</p>"),
        ("<script>non</script>", "<p>&lt;script&gt;non&lt;/script&gt;</p>"),
    ],
)
def test_rich_text_is_what_the_editor_would_write(text: str, html: str) -> None:
    assert rich_text(text) == html


def test_sections_know_their_line() -> None:
    found = sections(source("## Un\n\nTexte.\n\n### Dedans\n\n## Deux\n\nFin.\n"))
    assert [(section.title, section.line) for section in found] == [("Un", 6), ("Deux", 12)]
    assert found[0].text.strip() == "Texte.\n\n### Dedans"


def test_words_before_the_first_section_are_refused() -> None:
    with pytest.raises(ContentError, match=r"demo/page\.md:6: this text stands before"):
        sections(source("Perdu.\n\n## Un\n"))


def test_a_page_knows_the_lines_of_its_keys_and_of_its_body(tmp_path: Path) -> None:
    path = tmp_path / "demo" / "page.md"
    path.parent.mkdir()
    path.write_text('---\ntitle: "Un titre"\nthemes: [aidants]\n---\nLe corps.\n')
    page = read_page(path, path.parent)
    assert (page.lines, page.body_line, page.body) == ({"title": 2, "themes": 3}, 5, "Le corps.\n")


@pytest.mark.parametrize(
    ("text", "line"), [("Bonjour.", 1), ("---\ntitle: [\n---\n", 3), ("---\n- une liste\n---\n", 2)]
)
def test_a_page_without_readable_front_matter_is_refused(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "page.md"
    path.write_text(text)
    with pytest.raises(ContentError, match=rf"page\.md:{line}: "):
        read_page(path, tmp_path)
