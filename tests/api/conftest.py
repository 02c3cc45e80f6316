"""A small site with something of everything, and limits that begin at nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from charters.models import CharterVersion, Cohort, Label, Signature
from common.open_data import answering, exports
from search.indexing import rebuild
from tests.factories.pages import EventPageFactory, PracticePageFactory, ToolPageFactory
from tests.factories.shared import OrganisationFactory
from tests.factories.site import Tree


@pytest.fixture(autouse=True)
def _no_limit_reached() -> Iterator[None]:
    for limit in (answering.limit, exports.limit):
        limit.forget()
    yield
    for limit in (answering.limit, exports.limit):
        limit.forget()


@pytest.fixture
def site(tree: Tree) -> Tree:
    """Two of each, of which some are unlike the others."""
    fill_site(tree)
    return tree


def fill_site(tree: Tree) -> None:
    """A practice, a tool, an event and a signatory of each sort."""
    PracticePageFactory(parent=tree.practices, title="Binômes", slug="binomes")
    PracticePageFactory(parent=tree.practices, title="Récits", slug="recits", organisation=None, year=None)
    ToolPageFactory(parent=tree.tools, title="Grille", slug="grille")
    ToolPageFactory(parent=tree.tools, title="Réservé", slug="reserve", audience="signatories", kind="guide")
    EventPageFactory(
        parent=tree.events, title="Atelier", slug="atelier", online_link="https://visio.example.org/x"
    )
    EventPageFactory(parent=tree.events, title="Passé", slug="passe", past=True, online=True)
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    cohort = Cohort.objects.create(code="2021", year=2021)
    for slug in ("tissage", "gaufres"):
        company = OrganisationFactory(slug=slug, website="https://entreprise.example.org")
        signature = Signature.objects.create(
            organisation=company, version=version, cohort=cohort, state=Signature.State.SIGNED
        )
        if slug == "gaufres":
            Label.objects.create(
                signature=signature, reference="A-1", awarded_on="2021-01-01", valid_until="2999-12-31"
            )
    rebuild()
