"""Between the answers of a contribution and the fields of a page: from one to the other, and back.

What is asked, and the shape of each answer, is said in `toolbox.contribution.questions`. The company
is the contribution's own, and its files are rows (`ContributionFile`); `gallery`, which is asked of
nobody, may name the blocks that are kept of the pictures and files of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wagtail.models import Locale

from common.models import Theme
from toolbox.contribution.questions import questions_of
from toolbox.models import Contribution, PracticePage, Tool, ToolPage

from . import files, values
from .words import plain, rich

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wagtail.models import Revision

    ContributedPage = PracticePage | ToolPage

TEXTS = ("context_text", "actions_text", "results_text", "keys_text", "pitfalls_text")
LINES = {"title": 255, "summary": 300, "question": 200, "version": 20, "version_note": 300}


def fields_of(kind: str) -> tuple[str, ...]:
    """The names of the answers of a kind, in the order in which they are asked."""
    return tuple(questions_of(kind))


def model_of(kind: str) -> type[ContributedPage]:
    """The class of page that a kind of contribution becomes."""
    return PracticePage if kind == Contribution.Kind.PRACTICE else ToolPage


def kind_of_page(page: Any) -> str:
    """The kind of contribution that revises a page."""
    return Contribution.Kind.PRACTICE if isinstance(page, PracticePage) else Contribution.Kind.TOOL


def build_page(contribution: Contribution) -> ContributedPage:
    """The page that the answers make, not saved: for a preview.

    That of a revision is the page as it stands with the answers over it, and still has its key:
    nobody should save it. Files that are no picture or document yet are left out.
    """
    page = _standing(contribution) or model_of(contribution.kind)(locale=Locale.get_default(), live=False)
    write_answers(page, contribution)
    return page


def _standing(contribution: Contribution) -> ContributedPage | None:
    page = contribution.page
    return cast("ContributedPage", page.specific) if page is not None else None


def write_answers(
    page: ContributedPage, contribution: Contribution, only: frozenset[str] | None = None
) -> None:
    """Put the answers into the fields of a page, or those of them that are named; save nothing.

    A field whose words are those that the page has is left as it is: the page may have made more of
    them than a plain field can hold.
    """
    answers = contribution.answers
    had = answers_of(page)
    had["gallery"] = [child["id"] for child in values.raw(getattr(page, "gallery", None)) if child.get("id")]
    for name in (*fields_of(contribution.kind), "gallery"):
        wanted = name in answers and (only is None or name in only)
        if wanted and not same(answers[name], had.get(name)):
            _write(page, name, answers[name])
    page.draft_title = page.title
    if contribution.organisation_id or page.organisation_id is None:
        page.organisation = contribution.organisation
    files.write(page, contribution)


def same(answer: Any, had: Any) -> bool:
    """Whether an answer says what the page says already; an empty one is no answer."""
    return values.settled(answer) == values.settled(had)


def _write(page: Any, name: str, answer: Any) -> None:
    if name in LINES:
        setattr(page, name, values.line(answer, LINES[name]))
    elif name in TEXTS:
        features = page._meta.get_field(name).features
        setattr(page, name, rich(str(answer or ""), features))
    elif name in WRITERS:
        WRITERS[name](page, answer)
    else:
        setattr(page, name, values.column(page, name, answer))


def _write_themes(page: Any, answer: Any) -> None:
    slugs = list(dict.fromkeys(map(str, answer)))[:3] if isinstance(answer, list) else []
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=slugs)}
    found = [known[slug] for slug in slugs if slug in known]
    if found:
        page.lead_theme, page.themes = found[0], found[1:]


def _write_tools(page: Any, answer: Any) -> None:
    keys = [key for key in map(values.as_key, answer if isinstance(answer, list) else []) if key]
    page.tools = list(Tool.objects.filter(translation_key__in=keys).order_by("pk"))


def _write_results(page: Any, answer: Any) -> None:
    rows = [
        {"value": values.line(row.get("value"), 20), "label": values.line(row.get("label"), 120)}
        for row in values.rows(answer, 3)
    ]
    filled = [row for row in rows if row["value"] and row["label"]]
    page.key_results = values.stream(page, "key_results", "result", filled)


def _write_steps(page: Any, answer: Any) -> None:
    features = page._meta.get_field("steps").stream_block.child_blocks["step"].child_blocks["text"].features
    rows = [
        {
            "title": values.line(row.get("title"), 120),
            "duration": values.line(row.get("duration"), 60),
            "text": rich(str(row.get("text") or ""), features),
        }
        for row in values.rows(answer, 20)
    ]
    page.steps = values.stream(page, "steps", "step", [row for row in rows if row["title"] or row["text"]])


def _write_body(page: Any, answer: Any) -> None:
    """Words and headings, before the blocks that a plain field cannot hold."""
    block = page._meta.get_field("body").stream_block
    features = [*block.child_blocks["text"].features, "h3"]
    kept = [child for child in values.raw(page.body) if child["type"] not in {"text", "heading"}]
    page.body = block.to_python([*values.body_blocks(rich(str(answer or ""), features)), *kept])


def _write_gallery(page: Any, answer: Any) -> None:
    kept = {str(key) for key in answer or []}
    rows = [child for child in values.raw(page.gallery) if child.get("id") in kept]
    page.gallery = page._meta.get_field("gallery").stream_block.to_python(rows)


WRITERS: Mapping[str, Callable[[Any, Any], None]] = {
    "themes": _write_themes,
    "tools": _write_tools,
    "key_results": _write_results,
    "steps": _write_steps,
    "body": _write_body,
    "gallery": _write_gallery,
}


def answers_of(page: Any) -> dict[str, Any]:
    """What a member would have answered to make this page."""
    return {name: _read(page, name) for name in fields_of(kind_of_page(page))}


def _read(page: Any, name: str) -> Any:
    if name in TEXTS:
        return plain(getattr(page, name))
    if name in READERS:
        return READERS[name](page)
    value = getattr(page, name)
    if isinstance(value, bool):
        return value
    return "" if value is None else str(value)


def _read_themes(page: Any) -> list[str]:
    lead = [page.lead_theme] if page.lead_theme_id else []
    others = sorted(page.themes.all(), key=lambda theme: theme.position)
    return list(dict.fromkeys(theme.slug for theme in [*lead, *others]))


def _read_steps(page: Any) -> list[dict[str, str]]:
    rows = [child["value"] for child in values.raw(page.steps)]
    return [
        {
            "title": row.get("title") or "",
            "duration": row.get("duration") or "",
            "text": plain(row.get("text") or ""),
        }
        for row in rows
    ]


def _read_results(page: Any) -> list[dict[str, str]]:
    rows = [child["value"] for child in values.raw(page.key_results)]
    return [{"value": row.get("value") or "", "label": row.get("label") or ""} for row in rows]


READERS: Mapping[str, Callable[[Any], Any]] = {
    "themes": _read_themes,
    "tools": lambda page: sorted(str(tool.translation_key) for tool in page.tools.all()),
    "key_results": _read_results,
    "steps": _read_steps,
    "body": lambda page: plain(values.body_html(page.body)),
}


def base_of(page: Any) -> tuple[Revision, dict[str, Any]]:
    """What a revision of a published page begins from: the words on line, and the revision that holds them."""
    revision = page.live_revision or page.latest_revision
    if revision is None:
        revision = page.save_revision(changed=False, clean=False)
    return revision, answers_of(revision.as_object())
