"""What is known of a company, and what it says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from common.known import themes
from common.vocabulary import Headcount, Sector
from members.companies import logos, siret
from members.companies.communes import CommuneField
from members.models import Organisation

from .finding import SiretForm

if TYPE_CHECKING:
    from members.companies.editing import Values

BASE_SALT = "companies.edit"
NAF = re.compile(r"^(\d{2})\.?(\d{2})([A-Z])$")
YES_NO = (("", _("Choose…")), ("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know")))
AT_LEAST_300 = {"yes": True, "no": False, "unknown": None}
NOTHING_CHOSEN = ("", _("Choose…"))


def one_line(text: str) -> str:
    """A text without line breaks or repeated blanks: names go into the head of mails."""
    return " ".join(text.split())


class CompanyForm(forms.Form):
    """What is known of a company."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As people call it: the brand rather than the legal form."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your company.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[NOTHING_CHOSEN, *[each for each in Organisation.Kind.choices if each[0] != "partner"]],
        error_messages={"required": _("Say what kind of organisation it is.")},
    )
    headcount = forms.ChoiceField(
        label=_("Headcount of your site"),
        choices=[NOTHING_CHOSEN, *Headcount.choices],
        error_messages={"required": _("Choose a headcount: an estimate is enough.")},
    )
    at_least_300 = forms.ChoiceField(
        label=_("Does the company have 300 employees or more?"),
        help_text=_(
            "All sites together. Above this threshold negotiating on experienced employees is compulsory."
        ),
        choices=YES_NO,
        error_messages={"required": _("Answer yes, no, or that you do not know.")},
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[NOTHING_CHOSEN, *Sector.choices],
        error_messages={"required": _("Choose the nearest sector.")},
    )
    naf_code = forms.CharField(
        label=_("NAF or APE code"),
        help_text=_("Beside the SIRET on a payslip. Example: 13.20Z"),
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    naf_version = forms.ChoiceField(
        label=_("Version of the NAF code"),
        help_text=_("Codes change on 1 January 2027. Until then yours is most likely a “rév. 2”."),
        choices=[("", _("No code")), *Organisation.NafVersion.choices],
        required=False,
    )
    commune = CommuneField()
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "placeholder": "https://"}),
        error_messages={"invalid": _("Write a whole address, for example https://www.entreprise.fr.")},
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_at_least_300(self) -> bool | None:
        return AT_LEAST_300[self.cleaned_data["at_least_300"]]

    def clean_naf_code(self) -> str:
        """With its point and in capitals, as in the register."""
        typed = "".join(self.cleaned_data["naf_code"].upper().split())
        found = NAF.match(typed)
        if typed and not found:
            raise forms.ValidationError(_("A NAF code has four digits and a letter, for example 13.20Z."))
        return f"{found[1]}.{found[2]}{found[3]}" if found else ""

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"]
        if website and not website.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write a whole address, for example https://www.entreprise.fr."))
        return website

    def clean(self) -> dict[str, Any]:
        """A code and its version go together."""
        values = super().clean() or self.cleaned_data
        if values.get("naf_code") and not values.get("naf_version"):
            self.add_error("naf_version", _("Say which version this code is of."))
        elif "naf_code" in values and not values["naf_code"]:
            values["naf_version"] = ""
        return values


class NewCompanyForm(CompanyForm):
    """A company that nobody knew. `siret` was checked before, and is checked again."""

    siret = forms.CharField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(label=_("None of these is mine: mine is another one"), required=False)

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return siret.parse(typed) if typed else ""

    def company_values(self) -> dict[str, Any]:
        """What the row is made of."""
        values = {**self.cleaned_data, "commune_id": self.cleaned_data["commune"] or None}
        return {name: value for name, value in values.items() if name not in ("another", "commune")}


class ThemesField(forms.TypedMultipleChoiceField):
    """Themes, by key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=int,
            required=False,
            label=_("Themes that matter to you"),
            widget=forms.CheckboxSelectMultiple,
            choices=lambda: [(key, theme.name) for key, theme in themes().items()],
            **kwargs,
        )


class EditForm(CompanyForm):
    """What a company says of itself. `base` carries, signed, what the form began with."""

    summary = forms.CharField(
        label=_("In one line"),
        help_text=_("What you make or do, for whom. 250 characters at most."),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    presentation = forms.CharField(
        label=_("Presentation"),
        help_text=_("Who you are and what experience means to you. Plain text, 3,000 characters at most."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
    )
    themes = ThemesField()
    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not organisation.siret:
            self.fields["siret"] = forms.CharField(
                label=_("SIRET"),
                required=False,
                max_length=60,
                help_text=SiretForm.base_fields["siret"].help_text,
            )
        if organisation.kind == Organisation.Kind.PARTNER:
            kind: Any = self.fields["kind"]
            kind.choices = [*kind.choices, (Organisation.Kind.PARTNER.value, Organisation.Kind.PARTNER.label)]

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return siret.parse(typed) if typed else ""

    def clean_base(self) -> Values:
        try:
            base: Values = signing.loads(self.cleaned_data["base"], salt=BASE_SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This form is damaged: open the page again.")) from error
        return base

    def clean_summary(self) -> str:
        return one_line(self.cleaned_data["summary"])

    def clean_presentation(self) -> str:
        return str(self.cleaned_data["presentation"]).replace("\r\n", "\n").strip()

    def clean_themes(self) -> list[int]:
        return sorted(self.cleaned_data["themes"])

    def mine(self) -> Values:
        """What was typed, as plain values."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


def initial_of(values: Values) -> dict[str, Any]:
    """What an EditForm begins with."""
    known = {answer: name for name, answer in AT_LEAST_300.items()}
    return {
        **values,
        "at_least_300": known[values["at_least_300"]],
        "base": signing.dumps(values, salt=BASE_SALT, compress=True),
    }


class LogoForm(forms.Form):
    """A logo; `png` is what is kept of it."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, 5 MB at most. It is shown on a white ground."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty: choose another one."),
        },
    )

    def clean_logo(self) -> bytes:
        upload = self.cleaned_data["logo"]
        return logos.clean(upload.file, upload.size)
