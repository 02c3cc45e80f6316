"""People and organisations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number

from common.models import Commune, Image, Theme
from common.vocabulary import Headcount, Sector, Size


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, folded to lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account. Raises ValueError without an address."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """An account: an e-mail address, no username."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    job_title = models.CharField(_("job"), max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_unique"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.email


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
    example = models.BooleanField(_("example"), default=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

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

    def clean(self) -> None:
        self.siret = siret_number.compact(self.siret) if self.siret else ""

    @property
    def size(self) -> Size | None:
        """The size class of its headcount band."""
        return Headcount(self.headcount).size if self.headcount else None
