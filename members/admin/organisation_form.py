"""The form of an organisation, for staff: its mail domains are written one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from common.admin_fields import LinesField
from members.companies.names import RESERVED
from members.companies.representation import PUBLIC_DOMAINS
from members.companies.siret import parse, spaced
from members.models import Followed, FormerSlug, Organisation, OrganisationDomain
from members.space.following import retarget

if TYPE_CHECKING:
    from collections.abc import Iterable

SIRET_TYPED = 40
is_domain = DomainNameValidator(accept_idna=True)


class OrganisationForm(WagtailAdminModelForm):
    """Two people who change the same row: the second is told, and nothing is lost."""

    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        max_length=SIRET_TYPED,
        required=False,
        help_text=gettext_lazy(
            "14 digits, spaces allowed; empty for the self-employed and for foreign organisations."
        ),
    )
    mail_domains = LinesField(
        label=gettext_lazy("Mail domains"),
        required=False,
        help_text=gettext_lazy(
            "What follows the @ in the addresses of the company, one a line. Whoever reads mail there can prove "
            "alone to act for it: record a domain only when you know it to be the company’s own."
        ),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: Organisation = self.instance
        self.former_slug = row.slug
        if row.pk:
            self.initial["siret"] = spaced(row.siret)
            self.initial["mail_domains"] = list(
                row.domains.order_by("domain").values_list("domain", flat=True)
            )
            self.initial["seen_version"] = row.version

    def clean_siret(self) -> str:
        """The 14 digits, that no other organisation has."""
        typed: str = self.cleaned_data["siret"]
        if not typed.strip():
            return ""
        number = parse(typed)
        other = Organisation.objects.filter(siret=number).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise ValidationError(_("“%(name)s” has this SIRET already.") % {"name": other.name})
        return number

    def clean_slug(self) -> str:
        """An address that leads nowhere else."""
        slug: str = self.cleaned_data["slug"]
        owner = FormerSlug.objects.filter(slug=slug).exclude(organisation=self.instance.pk).first()
        if slug in RESERVED or owner is not None:
            raise ValidationError(_("This address is taken: choose another one."))
        return slug

    def clean_mail_domains(self) -> list[str]:
        """Bare domains, of companies only."""
        domains = dict.fromkeys(
            line.strip().rpartition("@")[2].lower() for line in self.cleaned_data["mail_domains"]
        )
        for domain in domains:
            if domain in PUBLIC_DOMAINS:
                raise ValidationError(
                    _("Anybody may have an address at %(domain)s: it proves nothing.") % {"domain": domain}
                )
            try:
                is_domain(domain)
            except ValidationError:
                message = _("“%(line)s” is not a mail domain: write what follows the @.")
                raise ValidationError(message % {"line": domain}) from None
        return list(domains)

    def clean(self) -> dict[str, Any]:
        """What was read is what is changed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen is not None and seen != self.instance.version:
            raise ValidationError(
                _(
                    "Somebody changed this organisation while you were writing. Open it in another tab, compare, "
                    "then write your changes again there."
                )
            )
        return cleaned

    def save(self, commit: bool = True) -> Organisation:
        row: Organisation = self.instance
        if row.pk:
            row.version += 1
        saved: Organisation = super().save(commit=commit)
        if commit:
            write_domains(saved, self.cleaned_data.get("mail_domains", ()))
            remember_address(saved, self.former_slug)
        return saved


def write_domains(organisation: Organisation, domains: Iterable[str]) -> None:
    """These domains and no others."""
    organisation.domains.exclude(domain__in=domains).delete()
    for domain in domains:
        OrganisationDomain.objects.get_or_create(organisation=organisation, domain=domain)


def remember_address(organisation: Organisation, former: str) -> None:
    """The address changed: the former one leads here, and followers follow."""
    FormerSlug.objects.filter(slug=organisation.slug).delete()
    if former and former != organisation.slug:
        FormerSlug.objects.update_or_create(slug=former, defaults={"organisation": organisation})
        retarget(Followed.ORGANISATION, former, organisation.slug)
