"""What visitors write to the association."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.traps import honeypot

from .models import ContactMessage

if TYPE_CHECKING:
    from django.http import QueryDict

    MessageForm = forms.ModelForm[ContactMessage]
else:
    MessageForm = forms.ModelForm


class ContactForm(MessageForm):
    """The contact form, with two traps that a person never notices.

    `website` is a field that nobody sees and robots fill in. `started` holds the signed moment at
    which the form was shown. `confirmed` appears when a form comes back sooner than one can write.
    """

    website = honeypot(_("Website"))
    started = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I am a person, and I want to send this message"),
        required=False,
        error_messages={"required": _("Tick this box to send your message.")},
    )

    class Meta:
        model = ContactMessage
        fields = ("subject", "name", "email", "organisation", "message")
        labels = {
            "subject": _("What is it about?"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "organisation": _("Your company or organisation"),
            "message": _("Your message"),
        }
        help_texts = {
            "email": _("We answer at this address. Example: nom@entreprise.fr"),
            "message": _("5,000 characters at most. No health data, please."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "message": forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
        }
        error_messages = {
            "subject": {
                "required": _("Choose what your message is about."),
                "invalid_choice": _("Choose one of the subjects of the list."),
            },
            "name": {"required": _("Enter your name, so that we know whom we answer.")},
            "email": {
                "required": _("Enter your e-mail address, so that we can answer you."),
                "invalid": _("Enter a whole e-mail address, for example nom@entreprise.fr."),
            },
            "message": {
                "required": _("Write your message."),
                "max_length": _("Shorten your message to 5,000 characters: it has %(show_value)d."),
            },
        }

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        subject = self.fields["subject"]
        subject.choices = [("", _("Choose…")), *ContactMessage.Subject.choices]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """One line: the name goes into the head of a mail."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_organisation(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["organisation"].split())

    def ask_confirmation(self) -> None:
        """Come back with the box to tick."""
        self.fields["confirmed"].required = True
        self.add_error("confirmed", self.fields["confirmed"].error_messages["required"])
