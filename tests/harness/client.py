"""A test client as strict as our visitors' browsers."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client, TestCase

# Data blocks: the browser does not run them, and the content security policy lets them be.
DATA = frozenset({"application/json", "application/ld+json"})
NOT_OURS = ("/admin/",)


class InlineCodeError(AssertionError):
    """A page holds what its content security policy refuses."""


class InlineCodeFinder(HTMLParser):
    """Collects inline scripts, inline styles and event attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inline_script = tag == "script" and "src" not in given and given.get("type") not in DATA
        if inline_script or tag == "style":
            self.found.append(f"<{tag}> at line {self.getpos()[0]}")
        for name, value in attrs:
            runs = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if runs or name == "style":
                self.found.append(f"{name}=… on <{tag}> at line {self.getpos()[0]}")


def inline_code(html: str) -> list[str]:
    """What a strict content security policy would refuse in `html`."""
    finder = InlineCodeFinder()
    finder.feed(html)
    return finder.found


class StrictClient(Client):
    """Runs what waits for the commit of each request, and refuses inline code in our pages."""

    def request(self, **request: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        path = request.get("PATH_INFO", "")
        if response.get("Content-Type", "").startswith("text/html") and not path.startswith(NOT_OURS):
            found = [] if response.streaming else inline_code(response.content.decode())
            if found:
                raise InlineCodeError(f"{path}: {'; '.join(found)}")
        return response
