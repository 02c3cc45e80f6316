"""What members type: their profile, messages, reports."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.choices import theme_choices
from common.known import themes
from common.models.themes import Family
from members.models import Visibility

from . import photos
from .contact import LONGEST, SUBJECT_LENGTH
from .profile import Words
from .reports import REASON_LENGTH
from .visibility import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.listing import Choice
    from members.models import Profile

WORDS_LENGTH = 1000
MOST_THEMES = 6
TEXT_AREA = {"rows": 5}


class LineField(forms.CharField):
    """One line of text: blanks are one space, and nothing invisible turns it round."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
        return " ".join(kept.split())


def refuse_address(value: str) -> None:
    """A name is a name."""
    if "@" in value or "://" in value or "www." in value.lower():
        raise ValidationError(gettext_lazy("Write a name here, not an address."))


def name_field(label: Any, autocomplete: str) -> LineField:
    """A first or last name."""
    return LineField(
        label=label,
        max_length=60,
        validators=[refuse_address],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


def seen_by(label: Any) -> forms.ChoiceField:
    """The choice beside a field."""
    return forms.ChoiceField(label=label, choices=Visibility, initial=Visibility.MEMBERS)


@dataclass(frozen=True, slots=True)
class FamilyOfChoices:
    """Themes of one family, each ticked or not."""

    label: str
    slug: str
    choices: Sequence[tuple[Choice, bool]]


class ProfileForm(forms.Form):
    """A profile: each field beside who sees it."""

    first_name = name_field(gettext_lazy("First name"), "given-name")
    last_name = name_field(gettext_lazy("Last name"), "family-name")
    name_seen_by = seen_by(gettext_lazy("Who sees my name"))
    job_title = LineField(
        label=gettext_lazy("Job"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        help_text=gettext_lazy("For example: head of human resources, tutor, works council secretary."),
    )
    job_seen_by = seen_by(gettext_lazy("Who sees my job"))
    company_seen_by = seen_by(gettext_lazy("Who sees my company"))
    photo = forms.FileField(
        label=gettext_lazy("New photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, 8 MB at most. "
            "We keep a small square of its middle; where and when it was taken is forgotten."
        ),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    photo_seen_by = seen_by(gettext_lazy("Who sees my photo"))
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes that interest me"),
        required=False,
        choices=lambda: [(choice.value, choice.label) for choice in theme_choices()],
        help_text=gettext_lazy("Six at most."),
    )
    themes_seen_by = seen_by(gettext_lazy("Who sees my themes"))
    offers = forms.CharField(
        label=gettext_lazy("What I can help with"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs=TEXT_AREA),
        help_text=gettext_lazy("What you have tried, what worked, what you would gladly explain."),
    )
    offers_seen_by = seen_by(gettext_lazy("Who sees what I can help with"))
    seeks = forms.CharField(
        label=gettext_lazy("What I look for"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs=TEXT_AREA),
        help_text=gettext_lazy("A question, a feedback, somebody who has done it."),
    )
    seeks_seen_by = seen_by(gettext_lazy("Who sees what I look for"))

    @classmethod
    def of(cls, profile: Profile, data: Any = None, files: Any = None) -> ProfileForm:
        """The form, filled with what is stored."""
        user = profile.user
        return cls(
            data,
            files,
            initial={
                "first_name": user.first_name,
                "last_name": user.last_name,
                "job_title": user.job_title,
                "offers": profile.offers,
                "seeks": profile.seeks,
                "themes": [theme.slug for theme in profile.themes.all()],
                **{f"{field}_seen_by": getattr(profile, f"{field}_visibility") for field in FIELDS},
            },
        )

    def clean_themes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["themes"]
        if len(chosen) > MOST_THEMES:
            raise ValidationError(_("Six themes at most: which ones matter most to you?"))
        return chosen

    def clean_photo(self) -> dict[int, bytes] | None:
        upload = self.cleaned_data["photo"]
        return photos.squares(upload.file, upload.size) if upload else None

    @property
    def new_photo(self) -> dict[int, bytes] | None:
        """The photo that was accepted, whatever became of the other fields."""
        return self.cleaned_data.get("photo")

    def words(self) -> Words:
        """What a valid form says."""
        given = self.cleaned_data
        chosen = set(given["themes"])
        return Words(
            first_name=given["first_name"],
            last_name=given["last_name"],
            job_title=given["job_title"],
            offers=given["offers"].replace("\r\n", "\n"),
            seeks=given["seeks"].replace("\r\n", "\n"),
            themes=[theme for theme in themes().values() if theme.slug in chosen],
            visibility={field: given[f"{field}_seen_by"] for field in FIELDS},
        )

    def families(self) -> list[FamilyOfChoices]:
        """The themes as the form shows them."""
        chosen = set(self["themes"].value() or ())
        return [
            FamilyOfChoices(
                str(family.label),
                str(family.value),
                [(each, each.value in chosen) for each in theme_choices() if each.family == family],
            )
            for family in Family
        ]


class AnswerForm(forms.Form):
    """A message in a conversation."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Plain text, 5,000 characters at most. Your address is not shown. No health data, please."
        ),
        error_messages={"required": gettext_lazy("Write something.")},
    )


class FirstMessageForm(AnswerForm):
    """A message that begins a conversation."""

    subject = LineField(
        label=gettext_lazy("Subject"),
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
    )
    field_order = ("subject", "text")


class ReportForm(forms.Form):
    """Why a message is wrong."""

    reason = LineField(
        label=gettext_lazy("What is wrong with this message?"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The association reads this message and two before and after it; "
            "nothing else of your conversations. 500 characters at most."
        ),
        error_messages={"required": gettext_lazy("Say what is wrong, so that the association can judge.")},
    )
