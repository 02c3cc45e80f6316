"""Reading content files: YAML lists, and Markdown with YAML front matter.

Whatever is wrong is said with the file and the line, as a compiler would.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import TextChoices

# Part of every digest: raised when the conversion changes, so that unchanged files are read again.
CONVERSION = "1"
MARK = "---\n"
PUBLISHING_HOUR = dt.time(9)

Choice = TypeVar("Choice", bound="TextChoices")
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentError(Exception):
    """What is wrong in a content file, and where: `path:line: message`."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class Source:
    """One thing described by a file, or by one entry of a list."""

    path: Path
    name: str
    meta: Mapping[str, Any]
    lines: Mapping[str, int] = field(default_factory=dict)
    line: int = 1
    body: str = ""
    body_line: int = 1
    digest: str = ""

    @property
    def slug(self) -> str:
        """The entry's own slug, or the name of its file."""
        return str(self.meta.get("slug") or self.path.stem)

    def error(self, message: str, at: str | int | None = None) -> ContentError:
        """An error at a front-matter key, at a line of the file, or at the entry's first line."""
        line = at if isinstance(at, int) else self.lines.get(at or "", self.line)
        return ContentError(self.name, line, message)

    def depending_on(self, *things: object) -> Source:
        """The same, with a digest that also follows files (paths) or computed values."""
        mixed = hashlib.sha256(self.digest.encode())
        for thing in things:
            mixed.update(thing.read_bytes() if isinstance(thing, Path) else repr(thing).encode())
        return replace(self, digest=mixed.hexdigest())

    def about(self, meta: Mapping[str, Any]) -> Source:
        """Another thing described at the same place."""
        return replace(self, meta=meta, body="", digest=digest_of(repr(meta)))

    def saying(self, body: str) -> Source:
        """The same with another body, of as many lines."""
        return replace(self, body=body)

    def file(self, name: str, folder: Path, at: str | None = None) -> Path:
        """A file named by this source. Raises ContentError when it is not there."""
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise self.error(f"no such file: {folder.name}/{name}", at)
        return path

    # ------------------------------------------------------------ typed values
    def text(self, key: str, default: str | None = None) -> str:
        """A text; required when there is no default."""
        value = self.meta.get(key)
        if value is None or value == "":
            if default is None:
                raise self.error(f"“{key}” is missing", key)
            return default
        return str(value).strip()

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> str:
        """A value of a closed list; required when there is no default."""
        value = self.text(key, default.value if default is not None else None)
        if value not in choices.values:
            known = ", ".join(choices.values)
            raise self.error(f"“{key}” is “{value}”; it must be one of: {known}", key)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.meta.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"“{key}” is “{value}”; it must be true or false", key)
        return value

    def number(self, key: str) -> int | None:
        """A whole number, or nothing."""
        value = self.meta.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(f"“{key}” is “{value}”; it must be a whole number", key)
        return value

    def names(self, key: str) -> list[str]:
        """A list of slugs or labels; may be empty."""
        value = self.meta.get(key) or []
        if not isinstance(value, list):
            raise self.error(f"“{key}” must be a list", key)
        return [str(item) for item in value]

    def day(self, key: str) -> dt.date | None:
        """A date, or nothing."""
        value = self.meta.get(key)
        if value is not None and (isinstance(value, dt.datetime) or not isinstance(value, dt.date)):
            raise self.error(f"“{key}” is “{value}”; it must be a date such as 2021-09-28", key)
        return value

    def required_day(self, key: str) -> dt.date:
        """A date."""
        value = self.day(key)
        if value is None:
            raise self.error(f"“{key}” is missing", key)
        return value

    def published(self, key: str = "published") -> dt.datetime | None:
        """The morning of a date, Paris time."""
        value = self.day(key)
        return timezone.make_aware(dt.datetime.combine(value, PUBLISHING_HOUR)) if value else None


def digest_of(*texts: str) -> str:
    """What tells whether a source changed."""
    return hashlib.sha256("\0".join((CONVERSION, *texts)).encode()).hexdigest()


def _parse(text: str, name: str, first_line: int) -> tuple[Any, Any]:
    """The YAML value and its node tree."""
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        return (loader.construct_document(node) if node is not None else None), node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise ContentError(name, line, f"this is not YAML: {error.problem or error.context}") from error
    finally:
        loader.dispose()


def parse_fragment(text: str, name: str, first_line: int) -> Any:
    """A piece of YAML found at `first_line` of a file."""
    return _parse(text, name, first_line)[0]


def _key_lines(node: Any, first_line: int) -> dict[str, int]:
    return {key.value: first_line + key.start_mark.line for key, _value in node.value}


def read_page(path: Path, root: Path) -> Source:
    """A Markdown file with front matter. Raises ContentError."""
    name = str(path.relative_to(root.parent))
    text = path.read_text(encoding="utf-8")
    head, mark, body = text.removeprefix(MARK).partition(f"\n{MARK}")
    if not text.startswith(MARK) or not mark:
        raise ContentError(name, 1, "a page begins with its front matter, between two lines of ---")
    meta, node = _parse(head, name, 2)
    if not isinstance(meta, dict):
        raise ContentError(name, 2, "the front matter must be a list of “key: value”")
    return Source(
        path, name, meta, _key_lines(node, 2), 1, body, head.count("\n") + 4, digest_of(str(path.stem), text)
    )


def read_pages(folder: Path, root: Path, errors: list[ContentError]) -> Iterator[Source]:
    """Every Markdown file of a folder and below, parents first; what cannot be read goes to `errors`."""
    for path in sorted(folder.rglob("*.md"), key=lambda path: (len(path.parts), path.name)):
        try:
            yield read_page(path, root)
        except ContentError as error:
            errors.append(error)


def read_list(path: Path, root: Path) -> list[Source]:
    """The entries of a YAML list. Raises ContentError."""
    if not path.exists():
        return []
    name = str(path.relative_to(root.parent))
    values, node = _parse(path.read_text(encoding="utf-8"), name, 1)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise ContentError(name, 1, "this file must be a list of entries")
    return [
        Source(path, name, meta, _key_lines(item, 1), item.start_mark.line + 1, digest=digest_of(repr(meta)))
        for meta, item in zip(values, node.value, strict=True)
    ]
