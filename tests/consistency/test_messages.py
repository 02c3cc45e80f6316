"""Everything a person sees is in the catalogue, and the French catalogue is whole."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", settings.ROOT / "bin" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys  # noqa: PLC0415 (dataclasses look their module up)

    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


def test_the_catalogues_are_whole_up_to_date_and_compiled(messages: ModuleType) -> None:
    collected = messages.collect()
    assert [problem for path in messages.catalogues() for problem in messages.problems(path, collected)] == []


def test_there_is_a_french_catalogue(messages: ModuleType) -> None:
    assert "fr" in [Path(path).parts[-3] for path in messages.catalogues()]


def test_messages_are_found_in_python(messages: ModuleType) -> None:
    source = '_("One")\nngettext("%(n)s row", "%(n)s rows", n)\npgettext("menu", "Open")\n_(name)\n'
    found = [(m.context, m.text, m.plural) for m in messages.in_python(source)]
    assert found == [(None, "One", None), (None, "%(n)s row", "%(n)s rows"), ("menu", "Open", None)]


def test_messages_are_found_in_templates(messages: ModuleType) -> None:
    source = """{% translate "It’s" %}{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows
{% endblocktranslate %}{% translate "Open" context "menu" %}{% component "a" label=_("Label") %}"""
    found = [(m.context, m.text, m.plural) for m in messages.in_template(source)]
    assert found == [
        (None, "It’s", None),
        (None, "%(n)s row", "%(n)s rows\n"),
        ("menu", "Open", None),
        (None, "Label", None),
    ]
