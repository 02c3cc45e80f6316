"""How often one wants mail, and in which language one is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.models import Kind, Rhythm

from .rhythms import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What belongs to each kind, said to whoever chooses.
EXPLAINED = {
    Kind.MESSAGE: _("A member writes to you, or answers you."),
    Kind.COMPANY: _("Somebody asks to join, invites you, or something is to be done for your company."),
    Kind.CONTRIBUTION: _("What you propose is published, or comes back with a question."),
    Kind.CONVERSATION: _("Somebody answers a question you asked, or takes up what you shared."),
    Kind.EVENT: _("Your registration is confirmed, the day comes near, something changes."),
    Kind.FOLLOW: _("Something new is published about your themes, or by companies that you follow."),
}


class RhythmsForm(forms.Form):
    """One choice a kind."""

    def __init__(self, data: Any = None, *, rhythms: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(rhythms))
        for kind in DEFAULTS:
            self.fields[kind] = forms.ChoiceField(
                label=Kind(kind).label,
                help_text=EXPLAINED[Kind(kind)],
                choices=Rhythm.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose how often."),
                    "invalid_choice": _("Choose one of the four rhythms."),
                },
            )

    def kinds(self) -> Iterator[forms.BoundField]:
        """The fields, in order."""
        return (self[kind] for kind in DEFAULTS)


class LanguageForm(forms.Form):
    """The language of letters, and of the space."""

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("We write to you in this language. Pages without a translation are shown in French."),
        choices=settings.LANGUAGES,
    )


class OneRhythmForm(forms.Form):
    """What the unsubscription page sends: a button, or the mail program's own words (RFC 8058)."""

    rhythm = forms.ChoiceField(choices=Rhythm.choices, required=False)

    def chosen(self) -> Rhythm:
        """The rhythm asked for; a mail program that unsubscribes asks for none."""
        return Rhythm(self.cleaned_data["rhythm"] or Rhythm.NEVER)
