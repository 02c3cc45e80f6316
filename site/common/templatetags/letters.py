"""Plain text as mail programs show it best."""

from __future__ import annotations

import textwrap

from django import template

register = template.Library()

WIDTH = 66


@register.filter
def wrapped(text: object, indent: int = 0) -> str:
    """Lines of 66 characters at most, addresses left whole; all but the first moved to the right."""
    lines: list[str] = []
    for line in str(text).strip().splitlines():
        if len(line) <= WIDTH - indent:
            lines.append(line)
        else:
            # A no-break space breaks nothing here: textwrap only knows the spaces of ASCII.
            lines += textwrap.wrap(line, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)
