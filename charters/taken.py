"""What anybody may take of the directory of signatories: companies, never the people in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.addresses import absolute
from common.choices import enumeration
from common.known import communes
from common.open_data.datasets import Asked, Dataset, register_dataset
from common.open_data.fields import Field, Kind
from common.vocabulary import Sector, Size

from .directory import FILTERS, Signatory, signatories
from .models import SignatoryIndexPage, Signature
from .sources import directory_address

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from common.models import Commune


def signatory_rows(_asked: Asked) -> QuerySet[Signature]:
    """Standing signatures by name."""
    return Signature.objects.signed().order_by("organisation__name", "pk")


def read_signatories(keys: Sequence[int], _asked: Asked) -> list[Signatory]:
    """The lines of the directory."""
    rows = Signature.objects.select_related("organisation", "cohort", "version").in_bulk(keys)
    return signatories([rows[key] for key in keys if key in rows])


def find_signatory(key: str, _asked: Asked) -> int | None:
    """The latest standing signature of the company that a slug names."""
    rows = Signature.objects.signed().filter(organisation__slug=key).order_by("-version__adopted_on", "-pk")
    return rows.values_list("pk", flat=True).first()


def place(line: Signatory) -> Commune | None:
    """The commune of the company."""
    return communes().get(line.signature.organisation.commune_id or "")


def address_of(line: Signatory) -> str:
    """The company's own page once it is confirmed, its line in the directory until then."""
    company = line.signature.organisation
    return absolute(
        reverse("company", args=[company.slug]) if company.confirmed_at else directory_address(company)
    )


def of_company(name: str) -> Any:
    """What is said of the company itself, once somebody proved to act for it."""

    def read(line: Signatory) -> str:
        company = line.signature.organisation
        return (getattr(company, name) or "") if company.confirmed_at else ""

    return read


FIELDS = (
    Field(
        "slug",
        _("Slug"),
        Kind.CODE,
        lambda s: s.signature.organisation.slug,
        "The company’s own word.",
        required=True,
    ),
    Field("name", _("Name"), Kind.TEXT, lambda s: s.signature.organisation.name, required=True),
    Field("url", _("Address"), Kind.ADDRESS, address_of, "Where the site shows it.", required=True),
    Field(
        "sector",
        _("Sector"),
        Kind.CHOICE,
        lambda s: s.signature.organisation.sector,
        choices=enumeration(Sector),
    ),
    Field("size", _("Size"), Kind.CHOICE, lambda s: s.size or "", "Employees.", enumeration(Size)),
    Field(
        "commune_code",
        _("INSEE code of the commune"),
        Kind.CODE,
        lambda s: s.signature.organisation.commune_id or "",
    ),
    Field("commune", _("Commune"), Kind.TEXT, lambda s: where.name if (where := place(s)) else ""),
    Field(
        "latitude",
        _("Latitude"),
        Kind.DECIMAL,
        lambda s: where.latitude if (where := place(s)) else None,
        "Of the middle of the commune, in degrees (WGS 84).",
    ),
    Field(
        "longitude",
        _("Longitude"),
        Kind.DECIMAL,
        lambda s: where.longitude if (where := place(s)) else None,
        "Of the middle of the commune, in degrees (WGS 84).",
    ),
    Field(
        "charter_version",
        _("Version of the charter"),
        Kind.CODE,
        lambda s: s.signature.version.code,
        required=True,
    ),
    Field("signed_in", _("Signed in"), Kind.NUMBER, lambda s: s.year, "A year."),
    Field("words", _("In the company’s words"), Kind.TEXT, lambda s: s.signature.words),
    Field("labelled", _("Labelled today"), Kind.FLAG, lambda s: s.label is not None, required=True),
    Field(
        "labelled_until",
        _("Labelled until"),
        Kind.NUMBER,
        lambda s: s.label.valid_until.year if s.label else None,
        "A year.",
    ),
    Field(
        "example",
        _("Example"),
        Kind.FLAG,
        lambda s: s.signature.example,
        "Invented to show what the space is for.",
        required=True,
    ),
)
DETAILS = (
    Field("summary", _("Summary"), Kind.TEXT, of_company("summary"), "The company in one line."),
    Field("presentation", _("Presentation"), Kind.TEXT, of_company("presentation"), "As plain text."),
    Field("website", _("Website"), Kind.ADDRESS, of_company("website")),
)


def register() -> None:
    """Let the directory be taken."""
    register_dataset(
        Dataset(
            name="signatories",
            order=40,
            one="signatory",
            label=_("Signatories"),
            description="Companies whose signature of the charter stands, by name.",
            slug="signataires",
            index=SignatoryIndexPage,
            filters=FILTERS,
            fields=FIELDS,
            details=DETAILS,
            rows=signatory_rows,
            read=read_signatories,
            find=find_signatory,
            title="name",
            shown=("commune", "sector", "signed_in"),
        )
    )
