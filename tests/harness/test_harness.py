"""The harness itself: it must fail where it says it fails."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.template import Context, Origin, Template
from django.template.base import Template as BaseTemplate

from common.models import Theme
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import inline_code
from tests.harness.undefined import UndefinedVariableError


def template_at(name: str, source: str) -> BaseTemplate:
    return Template(source, Origin(name))


def test_an_unknown_variable_in_our_templates_is_an_error() -> None:
    ours = template_at(str(settings.ROOT / "templates" / "x.html"), "{{ page.nothing }}")
    with pytest.raises(UndefinedVariableError, match=r"page\.nothing"):
        ours.render(Context({"page": object()}))


def test_an_unknown_variable_elsewhere_is_empty() -> None:
    assert template_at("/usr/lib/wagtail/x.html", "<{{ nothing }}>").render(Context()) == "<>"


def test_asking_whether_a_variable_is_there_is_no_error() -> None:
    ours = template_at(str(settings.ROOT / "templates" / "x.html"), "{% if nothing %}a{% else %}b{% endif %}")
    assert ours.render(Context()) == "b"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<a href=" javascript:x()">',
    ],
)
def test_inline_code_is_found(html: str) -> None:
    assert len(inline_code(html)) == 1


def test_data_and_files_are_not_inline_code() -> None:
    html = '<script type="application/ld+json">{}</script><script src="/a.js" defer></script>'
    assert inline_code(html) == []


@pytest.mark.django_db
def test_rows_come_in_no_order_unless_one_is_asked_for() -> None:
    ThemeFactory.create_batch(8)
    in_order = list(Theme.objects.values_list("slug", flat=True))
    orders = {tuple(Theme.objects.order_by().values_list("slug", flat=True)) for _ in range(6)}
    assert in_order == sorted(in_order, key=lambda slug: Theme.objects.get(slug=slug).position)
    assert len(orders) > 1


@pytest.mark.django_db
def test_counting_and_grouping_are_left_alone() -> None:
    ThemeFactory.create_batch(3, family="recruter")
    themes = Theme.objects.filter(slug__startswith="theme-").order_by()
    assert themes.count() == 3
    assert list(themes.values_list("family").distinct()) == [("recruter",)]


def test_the_small_site_has_facts_for_its_pages(tree: Tree) -> None:
    practice = PracticePageFactory(parent=tree.practices)
    event = EventPageFactory(parent=tree.events, past=True)
    assert practice.facts.pages.get() == practice
    assert event.facts.ends_at == event.ends_at


@pytest.mark.django_db(transaction=True)
def test_a_test_may_commit() -> None:
    with transaction.atomic():
        ThemeFactory(slug="committed")
    assert Theme.objects.filter(slug="committed").exists()
