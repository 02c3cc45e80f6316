"""Joining, inviting, deciding, proving, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.models import Membership

from .company import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence


class JoinForm(forms.Form):
    """Asking to join."""

    message = forms.CharField(
        label=_("A word for those who answer"),
        help_text=_(
            "Your job, who you work with: whatever helps them to recognise you. 500 characters at most."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class InviteForm(forms.Form):
    """Inviting a colleague."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "required": _("Write the address of your colleague."),
            "invalid": _("Write a whole e-mail address, for example nom@entreprise.fr."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        help_text=_("A manager also answers requests, invites and edits the company’s page."),
    )
    language = forms.ChoiceField(label=_("Language of the message"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": get_language() or settings.LANGUAGE_CODE})
        super().__init__(*args, **kwargs)


class RefusalForm(forms.Form):
    """Saying no."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person reads it. 200 characters at most."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class RoleForm(forms.Form):
    """What a colleague may do."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class SuccessorForm(forms.Form):
    """Who takes over, when the last manager leaves. Colleagues are named by the public id of their profile."""

    successor = forms.ChoiceField(
        label=_("Who takes over?"),
        error_messages={
            "required": _("Choose who will decide for the company after you."),
            "invalid_choice": _("Choose one of your colleagues."),
        },
    )

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {row.user.profile.public_id: row for row in colleagues}
        field: Any = self.fields["successor"]
        field.choices = [
            ("", _("Choose…")),
            *((key, row.user.public_name) for key, row in self.colleagues.items()),
        ]

    def clean_successor(self) -> Membership:
        return self.colleagues[self.cleaned_data["successor"]]


class AddressForm(forms.Form):
    """The address at the company to which a code is sent."""

    email = forms.EmailField(
        label=_("Your address at the company"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write your address at the company."),
            "invalid": _("Write a whole e-mail address, for example nom@entreprise.fr."),
        },
    )


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=_("Code received"),
        help_text=_("Eight digits, valid for thirty minutes."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the eight digits of the code.")},
    )
