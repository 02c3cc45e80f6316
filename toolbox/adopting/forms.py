"""What is asked of who adopts, and of who reads again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.models import Adoption, Rereading

EARLIEST = dt.date(1990, 1, 1)


class AdoptionForm(forms.Form):
    """How far the company is, since when, and what it learnt."""

    state = forms.ChoiceField(
        label=gettext_lazy("Where are you with it?"),
        choices=Adoption.State.choices,
        help_text=gettext_lazy("What you tried and dropped is as useful to others as what runs."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Since when?"),
        help_text=gettext_lazy("About is enough, and the day you decided for what you plan. Empty: today."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write a whole date, for example 15/03/2026.")},
    )
    experience = forms.CharField(
        label=gettext_lazy("Your experience, in a line or two"),
        help_text=gettext_lazy(
            "What you did otherwise, what surprised you, what you would tell who begins. 400 characters at "
            "most, no name of a person."
        ),
        max_length=Adoption._meta.get_field("experience").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    shown = forms.BooleanField(
        label=gettext_lazy("Show our company on the practice"),
        help_text=gettext_lazy("Its name, how far you are and your line of experience, to everybody."),
        required=False,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=500)

    def __init__(self, *args: Any, may_name: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            del self.fields["shown"]

    def clean_on(self) -> dt.date | None:
        """Neither to come nor before anybody could have."""
        on: dt.date | None = self.cleaned_data["on"]
        if on is not None and on > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come: for what you plan, give the day you decided it.")
            )
        if on is not None and on < EARLIEST:
            raise forms.ValidationError(_("Check the year: this is before 1990."))
        return on

    def clean_experience(self) -> str:
        """On one line: it is shown as a quotation."""
        return " ".join(self.cleaned_data["experience"].split())


class AnswerForm(forms.Form):
    """Whether it still holds."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Does it still hold?"),
        choices=Rereading.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three answers.")},
    )
    words = forms.CharField(
        label=gettext_lazy("A word for the team"),
        help_text=gettext_lazy("What changed, who should be asked… Nobody else reads it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
