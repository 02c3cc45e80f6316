"""What members type under a page, and why they report it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.models import Comment, CommentReport
from members.models.conversation import TEXT_LENGTH

from . import words
from .refusals import ConversationRefused
from .reporting import TEXT_LENGTH as REPORT_LENGTH

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HELP = _("Plain text, 3,000 characters at most. Everybody can read it: no health data, nobody’s name.")


class AnswerForm(forms.Form):
    """An answer, whose length counts once blanks and invisible signs are gone."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 5, "data-most": TEXT_LENGTH}),
        help_text=HELP,
        error_messages={"required": _("Write something.")},
    )

    def clean_text(self) -> str:
        try:
            return words.worded(self.cleaned_data["text"])
        except ConversationRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


class CommentForm(AnswerForm):
    """A comment, or a question."""

    sort = forms.ChoiceField(
        label=_("What you write"),
        choices=Comment.Sort,
        initial=Comment.Sort.COMMENT,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your comment or question")

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or Comment.Sort.COMMENT


class EditForm(CommentForm):
    """The same words again, with the version that one began from."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """Why a comment is wrong."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=CommentReport.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=REPORT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What helps the team to judge. The author does not read it."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("reason") == CommentReport.Reason.OTHER and not given.get("text", "").strip():
            self.add_error("text", str(OTHER_NEEDS_WORDS))
        return given


OTHER_NEEDS_WORDS: _StrPromise = _("Say what is wrong, so that the team can judge.")
