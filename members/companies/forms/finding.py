"""Finding one's company."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.companies import siret


class SiretForm(forms.Form):
    """Where everything begins."""

    siret = forms.CharField(
        label=_("SIRET of your company"),
        help_text=_("14 digits, on a payslip, an invoice or the company’s stamp. Spaces are welcome."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": _("Enter the SIRET of your company: 14 digits.")},
    )

    def clean_siret(self) -> str:
        return siret.parse(self.cleaned_data["siret"])


class NameForm(forms.Form):
    """Looking for a company by its name."""

    q = forms.CharField(
        label=_("Name of your company"),
        help_text=_("Its first letters are enough; you may add the commune."),
        max_length=100,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "type": "search"}),
        error_messages={
            "required": _("Write the name of your company."),
            "min_length": _("Write at least two letters."),
        },
    )
