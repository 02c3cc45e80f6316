"""Asking about one's data, and erasing one's account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import DataRequest, Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .handover import Handover

MOST_CHARACTERS = 2000
Kind = DataRequest.Kind
ASKED = (
    (Kind.RECTIFICATION, gettext_lazy("Correct something that I cannot correct myself")),
    (Kind.OBJECTION, gettext_lazy("Object to a use of my data, or limit it")),
    (Kind.ACCESS, gettext_lazy("Know more than the copy of my data says")),
)
STAY, GO = "stay", "go"
CONTRIBUTIONS = (
    (STAY, gettext_lazy("They stay, under “Former member”")),
    (GO, gettext_lazy("They go too")),
)
ASSOCIATION = "association"


class AskForm(forms.Form):
    """A request that the association answers."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        choices=ASKED,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you want.")},
    )
    details = forms.CharField(
        label=gettext_lazy("Your request"),
        help_text=gettext_lazy("What it is about, and what should change. 2,000 characters at most."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write your request."),
            "max_length": gettext_lazy("Shorten your request to 2,000 characters: it has %(show_value)d."),
        },
    )


class EraseForm(forms.Form):
    """What becomes of contributions and companies; the account's address, typed, says that it is meant."""

    contributions = forms.ChoiceField(
        label=gettext_lazy("What you shared"),
        choices=CONTRIBUTIONS,
        initial=STAY,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of what you shared.")},
    )
    confirmation = forms.CharField(
        label=gettext_lazy("Your e-mail address, to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": gettext_lazy("Type the e-mail address of your account.")},
    )

    def __init__(self, *args: Any, email: str, handovers: list[Handover], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.colleagues = {str(one.pk): one for handover in handovers for one in handover.colleagues}
        self.handed = {f"successor_{handover.membership.pk}": handover for handover in handovers}
        for name, handover in self.handed.items():
            self.fields[name] = self._successor_field(handover)
        self.order_fields(["contributions", *self.handed, "confirmation"])

    def _successor_field(self, handover: Handover) -> forms.ChoiceField:
        company = handover.membership.organisation.name
        return forms.ChoiceField(
            label=_("Who takes over at %(company)s?") % {"company": company},
            help_text=_("You are the last one to decide for this company."),
            choices=[
                ("", _("Choose…")),
                *((str(one.pk), one.user.public_name) for one in handover.colleagues),
                (ASSOCIATION, _("The association will find somebody")),
            ],
            error_messages={"required": _("Say who takes over at %(company)s.") % {"company": company}},
        )

    def clean_confirmation(self) -> str:
        """The very address of the account, whatever its capitals."""
        typed: str = self.cleaned_data["confirmation"].strip()
        if typed.lower() != self.email.lower():
            raise forms.ValidationError(_("This is not the address of your account. Type: %s") % self.email)
        return typed

    @property
    def contributions_stay(self) -> bool:
        """Whether what was shared stays, under “Former member”."""
        return bool(self.cleaned_data["contributions"] == STAY)

    @property
    def successors(self) -> dict[int, Membership | None]:
        """Who takes over, for each membership; None for the association."""
        return {
            handover.membership.pk: self.colleagues.get(self.cleaned_data[name])
            for name, handover in self.handed.items()
        }

    def successor_fields(self) -> Iterator[forms.BoundField]:
        """The fields made for companies."""
        for name in self.handed:
            yield self[name]
