"""Collects the messages to translate and compiles the catalogues, without gettext's programs.

`python bin/messages.py` updates `site/config/locale/*/LC_MESSAGES/django.{po,mo}`; with `--check` it
writes nothing and says what is out of date. Message ids are English; French is complete, the other
languages follow.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "site" / "config" / "locale"
SOURCES = ("charters", "events", "home", "members", "search", "toolbox", "site/common", "site/config")
COMPLETE = ("fr",)
# Name of a translating function → how many of its arguments are: (context, message, plural).
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (0, 1, 0)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, 1, 0)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 1, 1)),
}
# What templatize() leaves of a template is nearly Python: calls with literal arguments.
CALL = re.compile(r"\b(_|n?p?gettext)\(\s*(?=u?['\"])")
LITERAL = re.compile(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?\s*""", re.DOTALL)


@dataclass
class Message:
    """A message id and the files where it is used."""

    context: str | None
    text: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext finds it by."""
        return self.context, self.text


def split(function: str, strings: list[str]) -> Message:
    """Say which string is the context, which the message and which its plural."""
    contexts, _messages, plurals = FUNCTIONS[function]
    return Message(
        strings[0] if contexts else None, strings[contexts], strings[contexts + 1] if plurals else None
    )


def in_python(source: str) -> Iterator[Message]:
    """Messages of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if function not in FUNCTIONS:
            continue
        given = node.args[: sum(FUNCTIONS[function])]
        strings = [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(strings) == sum(FUNCTIONS[function]):
            yield split(function, strings)


def in_template(source: str) -> Iterator[Message]:
    """Messages of a template."""
    code = templatize(source)
    for call in CALL.finditer(code):
        function, position = call[1], call.end()
        strings: list[str] = []
        while len(strings) < sum(FUNCTIONS[function]) and (literal := LITERAL.match(code, position)):
            strings.append(ast.literal_eval(literal[1]))
            position = literal.end()
        if len(strings) == sum(FUNCTIONS[function]):
            yield split(function, strings)


def collect() -> list[Message]:
    """Every message of the repository, in the order of files, then of first use."""
    found: dict[tuple[str | None, str], Message] = {}
    python = [
        path for folder in SOURCES for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    for path in sorted([*python, *templates]):
        read = in_python if path.suffix == ".py" else in_template
        for message in read(path.read_text(encoding="utf-8")):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.files.add(path.relative_to(ROOT).as_posix())
    return list(found.values())


def as_entry(message: Message) -> polib.POEntry:
    """The message as a catalogue has it, not translated yet. Line numbers are left out: they drift."""
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context,
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: "", 1: ""}
    if re.search(r"%\(\w+\)[sd]|%[sd]", message.text):
        entry.flags.append("python-format")
    return entry


def updated(path: Path, messages: list[Message]) -> polib.POFile:
    """The catalogue at `path` with exactly these messages, keeping the translations it has."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = catalogue.metadata
    fresh.header = catalogue.header
    for message in messages:
        entry = as_entry(message)
        old = known.get(message.key)
        if old is not None and bool(old.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural
            entry.tcomment = old.tcomment
        fresh.append(entry)
    return fresh


def compiled(catalogue: polib.POFile) -> bytes:
    """The catalogue as programs read it."""
    return bytes(catalogue.to_binary())


def problems(path: Path, messages: list[Message]) -> Iterator[str]:
    """What keeps the catalogue at `path` from being up to date, complete and compiled."""
    catalogue = updated(path, messages)
    name = path.relative_to(ROOT)
    if str(catalogue).rstrip("\n") != path.read_text(encoding="utf-8").rstrip("\n"):
        yield f"{name}: out of date; run `make messages`"
    binary = path.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(catalogue):
        yield f"{binary.relative_to(ROOT)}: not compiled; run `make messages`"
    for entry in catalogue:
        if path.parts[-3] in COMPLETE and not entry.translated():
            yield f"{name}: not translated: {entry.msgid!r}"
        if entry.translated() and placeholders(entry.msgid_plural or entry.msgid) != placeholders(
            entry.msgstr or entry.msgstr_plural[1]
        ):
            yield f"{name}: other placeholders: {entry.msgid!r}"


def placeholders(text: str) -> list[str]:
    """The `%(name)s` and `{name}` of a message, in no order."""
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


def catalogues() -> list[Path]:
    """One a language, made by hand the first time."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def main() -> int:
    """Update and compile, or check; return the exit code."""
    messages = collect()
    if "--check" in sys.argv[1:]:
        found = [problem for path in catalogues() for problem in problems(path, messages)]
        print("\n".join(found) or f"{len(messages)} messages", file=sys.stderr if found else sys.stdout)
        return 1 if found else 0
    for path in catalogues():
        catalogue = updated(path, messages)
        path.write_text(str(catalogue).rstrip("\n") + "\n", encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        missing = sum(not entry.translated() for entry in catalogue)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {missing} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
