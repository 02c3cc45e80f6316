"""The accessibility statement, from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from home.content.markdown import Block, rich_text
from home.content.publishing import stream
from home.models import AccessibilityPage

if TYPE_CHECKING:
    from home.content.reading import Source


def bullets(items: list[str]) -> str:
    """A list, as rich text."""
    return rich_text("\n".join(f"- {item}" for item in items)) if items else ""


def accessibility_values(source: Source) -> dict[str, Any]:
    """The fields of the statement; its state follows from the audit, of which there may be none."""
    line = source.lines.get("non_conformities", 1)
    found = [Block("criterion", dict(item), line) for item in source.meta.get("non_conformities") or []]
    block = AccessibilityPage._meta.get_field("non_conformities").stream_block
    return {
        "declared_on": source.day("updated_on") or source.required_day("established_on"),
        "audited_on": source.day("audit"),
        "auditor": source.text("auditor", ""),
        "rate": source.meta.get("rate"),
        "commitment": rich_text(f"{source.text('commitment')}\n\n{source.text('scope')}"),
        "non_conformities": stream(block, found, source),
        "derogations": bullets(source.names("derogations")),
        "exempt": bullets(source.names("exempt_content")),
        "technologies": ", ".join(source.names("technologies")),
        "environments": bullets(source.names("test_environment")),
        "tools": bullets(source.names("tools")),
        "tested_pages": bullets(source.names("tested_pages")),
        "contact": contact(source),
        "scheme": scheme(source),
    }


def contact(source: Source) -> str:
    """How to report a defect, and within which delay one is answered."""
    said = source.meta["contact"]
    return rich_text(
        f"{said['text']}\n\n"
        f"- [Écrire au responsable du site]({said['form']})\n"
        f"- Courriel : [{said['email']}](mailto:{said['email']})"
    )


def scheme(source: Source) -> str:
    """The multi-year scheme, year by year, and what was planned from the start."""
    said = source.meta["scheme"]
    actions = "\n".join(f"- **{action['year']}** : {action['text']}" for action in said["actions"])
    return rich_text(f"{actions}\n\n{source.body}".replace("\n## ", "\n### "))
