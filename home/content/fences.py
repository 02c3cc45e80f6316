"""Fenced pieces of YAML in Markdown bodies: one kind a block of `common.blocks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from home.content.markdown import rich_text
from home.content.reading import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from home.content.reading import ContentError, Source

    class Finder(Protocol):
        """Finds what a fence names. Raises ContentError when it is not there."""

        def image(self, name: str, source: Source, line: int) -> int:
            """The id of an image of the folder."""
            ...

        def document(self, slug: str, source: Source, line: int) -> int:
            """The id of the file of a tool."""
            ...

        def video(self, slug: str, source: Source, line: int) -> int:
            """The id of the page of a video."""
            ...


class Fences:
    """Makes block values of the fences of one file."""

    def __init__(self, source: Source, finder: Finder) -> None:
        self.source = source
        self.finder = finder

    def __call__(self, info: str, text: str, line: int) -> tuple[str, Any]:
        """Name and stored value of the block. `line` is that of the first line inside the fence."""
        build = self.KINDS.get(info)
        if build is None:
            known = ", ".join(sorted(self.KINDS))
            raise self.source.error(f"“{info}” is no block; there are {known}", line - 1)
        values = parse_fragment(text, self.source.name, line)
        if not isinstance(values, dict):
            raise self.source.error(f"a “{info}” block holds “key: value” lines", line)
        try:
            return build(self, values, line)
        except (KeyError, TypeError, AttributeError) as error:
            raise self._missing(info, error, line) from error

    def _missing(self, info: str, error: Exception, line: int) -> ContentError:
        return self.source.error(f"this “{info}” block lacks something: {error}", line)

    def figure(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """A counted or a quoted figure."""
        if "count" in item:
            return {"type": "counted", "value": {"figure": item["count"], "year": item.get("year")}}
        return {
            "type": "quoted",
            "value": {
                "value": str(item["value"]),
                "label": item["label"],
                "source": item["source"],
                "date": str(item["date"]),
                "address": item.get("address", ""),
            },
        }

    def figures(self, values: Mapping[str, Any], _line: int) -> tuple[str, Any]:
        """Key figures."""
        items = [self.figure(item) for item in values["items"]]
        return "figures", {"title": values.get("title", ""), "items": items}

    def cards(self, values: Mapping[str, Any], _line: int) -> tuple[str, Any]:
        """Cards side by side."""
        items = [
            {"title": item["title"], "text": item.get("text", ""), "page": None, "address": item["link"]}
            for item in values["items"]
        ]
        return "cards", {"cards": items}

    def call_to_action(self, values: Mapping[str, Any], _line: int) -> tuple[str, Any]:
        """A band with one button."""
        return "call_to_action", {
            "title": values["title"],
            "text": values.get("text", ""),
            "label": values["label"],
            "page": None,
            "address": values["link"],
        }

    def accordion(self, values: Mapping[str, Any], _line: int) -> tuple[str, Any]:
        """Questions and answers."""
        items = [{"title": item["title"], "text": rich_text(item["text"])} for item in values["items"]]
        return "accordion", {"items": items}

    def timeline(self, values: Mapping[str, Any], _line: int) -> tuple[str, Any]:
        """What happened, in order."""
        items = [
            {"when": str(item["when"]), "title": item["title"], "text": rich_text(item.get("text") or "")}
            for item in values["items"]
        ]
        return "timeline", {"items": items}

    def _image(self, item: Mapping[str, Any], line: int) -> dict[str, Any]:
        decorative = bool(item.get("decorative", False))
        return {
            "image": self.finder.image(item["file"], self.source, line),
            "decorative": decorative,
            "alt_text": "" if decorative else item["alt"],
        }

    def picture(self, values: Mapping[str, Any], line: int) -> tuple[str, Any]:
        """One picture."""
        return "picture", {
            "image": self._image(values, line),
            "caption": values.get("caption", ""),
            "credit": values.get("credit", ""),
        }

    def gallery(self, values: Mapping[str, Any], line: int) -> tuple[str, Any]:
        """Several pictures of one moment."""
        images = [self._image(item, line) for item in values["images"]]
        return "gallery", {"title": values.get("title", ""), "images": images}

    def documents(self, values: Mapping[str, Any], line: int) -> tuple[str, Any]:
        """Files to download: those of tools."""
        ids = [self.finder.document(slug, self.source, line) for slug in values["tools"]]
        return "documents", {"title": values.get("title", ""), "documents": ids}

    def video(self, values: Mapping[str, Any], line: int) -> tuple[str, Any]:
        """A video of the site."""
        return "video", {"page": self.finder.video(values["video"], self.source, line)}

    KINDS: dict[str, Callable[..., tuple[str, Any]]] = {
        "figures": figures,
        "cards": cards,
        "cta": call_to_action,
        "accordion": accordion,
        "timeline": timeline,
        "image": picture,
        "gallery": gallery,
        "documents": documents,
        "video": video,
    }
