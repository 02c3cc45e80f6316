"""The demonstration that the repository carries: every file loads, every link leads somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from wagtail.models import Page

from common.addresses import path_of
from common.models import Theme
from events.models import Event
from home.content.loading import Loading
from home.demo.load import PARTS
from home.models import LoadedRow
from tests.home.commands import set_up
from tests.home.conftest import until_the_end
from toolbox.models import Practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

FOLDERS = (settings.ROOT / "demo", settings.ROOT / "home" / "installation" / "pages")
LINK = re.compile(r"\]\((/[^)#?]*)|link: (/[^\s,}]*)")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def everything(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loading]:
    """All of it, without its renditions."""
    with until_the_end(django_db_blocker):
        set_up()
        loading = Loading(FOLDERS[0], LoadedRow.Origin.DEMO)
        for part in PARTS.values():
            part(loading)
        yield loading


def test_every_file_is_loaded(everything: Loading) -> None:
    assert [str(error) for error in everything.ledger.errors] == []


def test_every_link_leads_to_a_page() -> None:
    known = {path_of(page) for page in Page.objects.live()} | {reverse("space_data")}
    links = {
        (path.name, match[1] or match[2])
        for folder in FOLDERS
        for path in folder.rglob("*.md")
        for match in LINK.finditer(path.read_text(encoding="utf-8"))
    }
    assert sorted(link for link in links if link[1] not in known) == []


def test_eight_events_are_coming() -> None:
    assert Event.objects.upcoming().count() == 8


def test_every_theme_has_practices() -> None:
    counts = Theme.objects.annotate(practices=Count("practice_set")).values_list("slug", "practices")
    assert [slug for slug, practices in counts if not practices] == []


def test_every_invented_company_s_practice_says_so() -> None:
    assert Practice.objects.filter(organisation__example=True, example=False).count() == 0
