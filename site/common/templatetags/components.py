"""Template components with declared arguments.

A component is a template in `templates/components/` whose first line declares what it takes::

    {% args title url summary="" theme=None %}

It is rendered with `{% component "card_news" title=… url=… %}`, or with content, which the
component prints as `{{ children }}`, by `{% componentblock "band" %}…{% endcomponentblock %}`.
It sees its declared arguments and nothing else of the page, save `csrf_token`. An unknown argument,
or one without a default that is left out, raises `TemplateSyntaxError` when the
component is first rendered; `make check` renders none but verifies every call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import Model
from django.template.base import FilterExpression, Node, NodeList, Template, token_kwargs
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import get_template
from django.utils.translation import get_language

from common.generation import per_generation

if TYPE_CHECKING:
    from django.template.base import Parser, Token
    from django.template.context import Context

register = template.Library()

REQUIRED = object()


class ArgsNode(Node):
    """The declaration of a component's arguments; it prints nothing."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments

    def render(self, context: Context) -> str:
        return ""


@register.tag("args")
def declare_arguments(parser: Parser, token: Token) -> ArgsNode:
    """Declare arguments: a bare name is required, `name=literal` has a default."""
    arguments: dict[str, Any] = {}
    for bit in token.split_contents()[1:]:
        name, has_default, default = bit.partition("=")
        arguments[name] = parser.compile_filter(default) if has_default else REQUIRED
    return ArgsNode(arguments)


def load_component(name: str) -> tuple[Template, dict[str, Any]]:
    """Return the component's compiled template and its declared arguments."""
    compiled: Template = get_template(f"components/{name}.html").template  # type: ignore[attr-defined]
    for node in compiled.nodelist:
        if isinstance(node, ArgsNode):
            return compiled, node.arguments
    raise TemplateSyntaxError(f"component “{name}” does not declare its arguments with {{% args … %}}")


class ComponentNode(Node):
    """One use of a component. Its template is looked up once, at the first rendering."""

    def __init__(self, name: str, given: dict[str, FilterExpression], children: NodeList | None) -> None:
        self.name = name
        self.given = given
        self.children = children
        self.loaded: tuple[Template, dict[str, Any]] | None = None

    def check(self, arguments: dict[str, Any]) -> None:
        unknown = self.given.keys() - arguments.keys()
        missing = {name for name, default in arguments.items() if default is REQUIRED} - self.given.keys()
        if unknown or missing:
            raise TemplateSyntaxError(
                f"component “{self.name}”: unknown {sorted(unknown)}, missing {sorted(missing)}"
            )

    def render(self, context: Context) -> str:
        if self.loaded is None:
            self.loaded = load_component(self.name)
            self.check(self.loaded[1])
        compiled, arguments = self.loaded
        values = {name: self.given.get(name, default).resolve(context) for name, default in arguments.items()}
        if self.children is not None:
            values["children"] = self.children.render(context)
        if "csrf_token" in context:
            values["csrf_token"] = context["csrf_token"]
        return str(compiled.render(context.new(values)))


@per_generation
def fragments() -> dict[Any, str]:
    """Components remembered for the generation, by their name, language and arguments."""
    return {}


def identity(value: Any) -> Any:
    """What tells an argument from another: a stored row by its key, anything else by its value."""
    return (value._meta.label, value.pk) if isinstance(value, Model) else value


class RememberedNode(ComponentNode):
    """A component rendered once a generation for the same arguments."""

    def render(self, context: Context) -> str:
        values = {name: given.resolve(context) for name, given in self.given.items()}
        key = (self.name, get_language(), *((name, identity(value)) for name, value in values.items()))
        known = fragments()
        if key not in known:
            known[key] = super().render(context)
        return known[key]


def parse_call(parser: Parser, token: Token) -> tuple[str, dict[str, FilterExpression]]:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{{% {tag} %}} takes the component's name in quotes")
    name = bits.pop(0)[1:-1]
    given = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{{% {tag} “{name}” %}} takes name=value arguments only, not {bits[0]}")
    return name, given


@register.tag("component")
def component(parser: Parser, token: Token) -> ComponentNode:
    """Render a component: `{% component "pip" family="recruter" %}`."""
    return ComponentNode(*parse_call(parser, token), None)


@register.tag("remembered")
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """Render a component once a generation: `{% remembered "card_practice" page=page %}`.

    For components that show stored rows only, whatever the visitor and the page around them.
    """
    return RememberedNode(*parse_call(parser, token), None)


@register.tag("componentblock")
def component_block(parser: Parser, token: Token) -> ComponentNode:
    """Render a component around content, which it prints as `{{ children }}`."""
    name, given = parse_call(parser, token)
    children = parser.parse(("endcomponentblock",))
    parser.delete_first_token()
    return ComponentNode(name, given, children)
