"""Companies, public bodies, non-profits, partners."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number

from common.models import Commune, Image, Theme
from common.vocabulary import Headcount, Sector, Size

SIREN_DIGITS = 9


def validate_siret(value: str) -> None:
    """Check length, Luhn and La Poste's exception; say precisely what is wrong."""
    try:
        siret_number.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("This SIRET is not valid: %(reason)s"), params={"reason": str(error)}
        ) from error


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The vocabulary of organisations."""

    def companies(self) -> OrganisationQuerySet:
        """Those that employ and could sign the charter."""
        return self.filter(kind__in=[Organisation.Kind.COMPANY, Organisation.Kind.PUBLIC])

    def confirmed(self) -> OrganisationQuerySet:
        """In whose name something may be shown."""
        return self.exclude(confirmed_at=None)

    def same_siren(self, siret: str) -> OrganisationQuerySet:
        """The sites of one legal unit: SIRETs that share their first nine digits."""
        return self.filter(siret__startswith=siret[:SIREN_DIGITS]).exclude(siret="")


class Organisation(models.Model):
    """A company, a public body, an association or a partner.

    `siret` holds 14 digits, or nothing (the self-employed, foreign organisations, past ones).
    """

    class Kind(models.TextChoices):
        """What it is to the association."""

        COMPANY = "company", _("Company")
        PUBLIC = "public", _("Public employer")
        ASSOCIATION = "association", _("Non-profit")
        PARTNER = "partner", _("Partner")

    class NafVersion(models.TextChoices):
        """Nomenclatures of activities in force in 2026 and from 1 January 2027."""

        REV2 = "rev2", "NAF rév. 2"
        NAF2025 = "2025", "NAF 2025"

    class Origin(models.TextChoices):
        """Who recorded it first."""

        STAFF = "staff", _("The association")
        MEMBER = "member", _("A member")
        GUEST = "guest", _("A guest of an event")
        IMPORT = "import", _("An import")

    class RegisterState(models.TextChoices):
        """What the national register said when it was last asked."""

        ACTIVE = "active", _("Active")
        CLOSED = "closed", _("Closed")
        UNKNOWN = "unknown", _("Unknown")

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[validate_siret])
    headcount = models.CharField(_("headcount band"), max_length=2, choices=Headcount, blank=True)
    at_least_300 = models.BooleanField(
        _("300 employees or more"),
        null=True,
        blank=True,
        help_text=_("The threshold of the compulsory negotiation (law of 24 October 2025)."),
    )
    naf_code = models.CharField(_("NAF code"), max_length=6, blank=True)
    naf_version = models.CharField(_("NAF version"), max_length=5, choices=NafVersion, blank=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        Image, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    summary = models.CharField(_("in one line"), max_length=250, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    presentation = models.TextField(_("presentation"), max_length=3000, blank=True)
    example = models.BooleanField(_("example"), default=False)
    origin = models.CharField(_("recorded by"), max_length=10, choices=Origin, default=Origin.STAFF)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(
        _("confirmed at"),
        null=True,
        blank=True,
        default=timezone.now,
        help_text=_("Empty while nobody has proved to act for it: until then nothing shows in its name."),
    )
    register_state = models.CharField(
        _("state in the register"), max_length=10, choices=RegisterState, blank=True
    )
    register_checked_at = models.DateTimeField(_("looked up at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = (
            models.UniqueConstraint(
                name="organisation_siret_unique", fields=["siret"], condition=~Q(siret="")
            ),
            models.CheckConstraint(
                name="organisation_naf_has_version",
                condition=Q(naf_code="", naf_version="") | ~Q(naf_code="") & ~Q(naf_version=""),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def siren(self) -> str:
        """The nine digits of its legal unit; empty without a SIRET."""
        return self.siret[:SIREN_DIGITS]

    def clean(self) -> None:
        self.siret = siret_number.compact(self.siret) if self.siret else ""

    @property
    def size(self) -> Size | None:
        """The size class of its headcount band."""
        return Headcount(self.headcount).size if self.headcount else None


class OrganisationDomain(models.Model):
    """A mail domain that staff recorded as an organisation's own: it proves who acts for it."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.CharField(_("mail domain"), max_length=253, help_text=_("What follows the @."))

    class Meta:
        ordering = ("domain",)
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        constraints = (
            models.UniqueConstraint(name="organisation_domain_once", fields=("organisation", "domain")),
            models.CheckConstraint(
                name="organisation_domain_bare", condition=~Q(domain="") & ~Q(domain__contains="@")
            ),
        )

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        self.domain = self.domain.strip().removeprefix("@").lower()
