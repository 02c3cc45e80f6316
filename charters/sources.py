"""What the search keeps of the charter and of those who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from common.addresses import locale_ids, path_of
from common.findable import join, page_text, theme_slugs, words_of
from common.generation import per_generation
from common.registries import SearchSource, SearchText, search_sources
from members.models import Organisation

from .models import CharterPage, CharterVersion, Engagement, SignatoryIndexPage, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable


@per_generation
def directory_path() -> str:
    """The public path of the French directory; empty while there is none."""
    page = SignatoryIndexPage.objects.filter(
        live=True, locale_id=locale_ids()[settings.LANGUAGE_CODE]
    ).first()
    return path_of(page) if page else ""


def directory_address(organisation: Organisation) -> str:
    """Where the directory shows a company: narrowed to its commune and sector, at its own line."""
    path = directory_path()
    if not path:
        return ""
    place = {"commune": organisation.commune_id, "sector": organisation.sector}
    query = urlencode({name: value for name, value in place.items() if value})
    return f"{path}?{query}#{organisation.slug}" if query else f"{path}#{organisation.slug}"


def describe_signatory(organisation: Organisation) -> SearchText | None:
    """A company whose signature stands; the same in every language."""
    standing = list(Signature.objects.signed().filter(organisation=organisation))
    address = directory_address(organisation) if standing else ""
    if not address:
        return None
    return SearchText(
        kind="signatory",
        target=str(organisation.pk),
        language="",
        url=address,
        title=organisation.name,
        summary=organisation.summary,
        body=join(signature.words for signature in standing),
        themes=theme_slugs(list(organisation.themes.all())),
        sector=organisation.sector,
        size=organisation.size or "",
        commune=organisation.commune_id or "",
        date=max((s.signed_on for s in standing if s.signed_on), default=None),
        example=organisation.example,
    )


def all_signatories() -> Iterable[Organisation]:
    """Every organisation with a signature, with what is read of it."""
    return (
        Organisation.objects.filter(signatures__isnull=False)
        .distinct()
        .prefetch_related("themes")
        .order_by("pk")
    )


def engagement_texts(language: str) -> Iterable[str]:
    """Titles and texts of the engagements of the charter in force."""
    version = CharterVersion.objects.first()
    for engagement in Engagement.objects.filter(version=version) if version else ():
        for texts in (engagement.titles, engagement.texts):
            yield texts.get(language, "")


def describe_charter(page: CharterPage) -> SearchText | None:
    """The charter's page, with the engagements that its template prints."""
    return page_text(
        page, "page", body=join([words_of(page.body), *engagement_texts(page.locale.language_code)])
    )


def all_charters() -> Iterable[CharterPage]:
    """The charter's page in each language."""
    return CharterPage.objects.select_related("locale")


def register() -> None:
    """Make the charter and its signatories findable."""
    search_sources.register(
        SearchSource("signatory", _("Signatory"), Organisation, describe_signatory, all_signatories)
    )
    search_sources.register(SearchSource("page", _("Page"), CharterPage, describe_charter, all_charters))
