"""Finds, without rendering anything, the templates that would fail when somebody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Node
from django.template.loader import get_template

from common.templatetags.components import ComponentNode, load_component

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".html", ".txt", ".xml", ".svg", ".ics")


def template_names() -> list[str]:
    """Every template of the site, used or not."""
    folder = settings.ROOT / "templates"
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in SUFFIXES
    )


def problems() -> Iterator[str]:
    """Templates that do not compile and component calls with wrong arguments, one a line."""
    for name in template_names():
        try:
            compiled = get_template(name).template  # type: ignore[attr-defined]
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            yield f"{name}: {error}"
            continue
        for node in compiled.nodelist.get_nodes_by_type(Node):
            problem = call_problem(node) if isinstance(node, ComponentNode) else None
            if problem:
                yield f"{name}, line {node.token.lineno if node.token else '?'}: {problem}"


def call_problem(node: ComponentNode) -> str | None:
    """What is wrong with the use of a component."""
    try:
        node.check(load_component(node.name)[1])
    except TemplateDoesNotExist:
        return f"there is no component “{node.name}”"
    except TemplateSyntaxError as error:
        return str(error)
    return None
