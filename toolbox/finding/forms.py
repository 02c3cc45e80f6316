"""The few things that are written about a search or a hand."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import hands, searches
from .keys import MOST


class SearchForm(forms.Form):
    """The name of a saved search, and whether to be told."""

    name = forms.CharField(
        label=_("Name of this search"),
        help_text=_("Only you read it. For instance: handing down, in companies like mine."),
        max_length=searches.NAME,
        required=False,
    )
    followed = forms.BooleanField(label=_("Tell me when something new matches"), required=False, initial=True)


class RenameForm(forms.Form):
    """Another name for a saved search."""

    name = forms.CharField(label=_("Name"), max_length=searches.NAME)


class WordsForm(forms.Form):
    """What stands on the first page of a dossier."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("On the first page of the dossier."),
        max_length=hands.TITLE,
        required=False,
    )
    words = forms.CharField(
        label=_("Introduction"),
        help_text=_("For whom, why, what you propose: a few lines for those who will read it."),
        max_length=hands.WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoteForm(forms.Form):
    """What somebody writes beside a card."""

    note = forms.CharField(max_length=hands.NOTE, required=False, strip=False)


class ShareForm(forms.Form):
    """What those who have the address will read besides the cards."""

    notes = forms.BooleanField(label=_("Show my notes"), required=False)
    name = forms.BooleanField(label=_("Say that it comes from me"), required=False)


class MergeForm(forms.Form):
    """The hand that a browser kept, as its script writes it."""

    hand = forms.CharField(max_length=200_000)

    def clean_hand(self) -> dict[str, Any]:
        """Its cards with their notes, its title and introduction; what is malformed is left out."""
        try:
            told = json.loads(self.cleaned_data["hand"])
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("This hand cannot be read.")) from error
        told = told if isinstance(told, dict) else {}
        cards = told.get("cards")
        return {
            "cards": [
                (text(card.get("key")), text(card.get("note"))[: hands.NOTE])
                for card in (cards if isinstance(cards, list) else [])[:MOST]
                if isinstance(card, dict)
            ],
            "title": text(told.get("title"))[: hands.TITLE],
            "words": text(told.get("words"))[: hands.WORDS],
        }


def text(value: object) -> str:
    """A string without what databases refuse; empty for anything else."""
    return value.replace("\0", "") if isinstance(value, str) else ""
