"""What sign-up asks beside the address: a name, the terms, and two traps (`ACCOUNT_SIGNUP_FORM_CLASS`).

allauth builds both its sign-up forms (by e-mail, by a provider) on this one, and imports it while it
loads its own forms: hence a module of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from common.traps import Stopwatch, honeypot

from . import terms

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import ConsentWording, User

STOPWATCH = Stopwatch("signup.started")
FASTEST_SECONDS = 4
HURRIED = "signup_hurried"
# Names travel in letters: no address, no markup.
NOT_A_NAME = re.compile(r"[<>@/\\|{}\[\]^~=+#*_\d:;!?]|www\.")


def validate_name(value: str) -> None:
    """Refuse what no name holds."""
    if NOT_A_NAME.search(value):
        raise ValidationError(_("Letters, spaces, hyphens and apostrophes only."), code="not_a_name")


class NameField(forms.CharField):
    """A first or a last name, on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, validators=[validate_name], **kwargs)

    def to_python(self, value: Any) -> Any:
        return " ".join(str(value or "").split())


class SignupFields(forms.Form):
    """First name, last name, terms. `browser` and `hurried` are read by what saves the form."""

    first_name = NameField(
        label=_("First name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Enter your first name.")},
    )
    last_name = NameField(
        label=_("Last name"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Enter your last name.")},
    )
    terms = forms.BooleanField(
        label=_("Terms of use"), error_messages={"required": _("Tick this box to sign up.")}
    )
    wording = forms.CharField(required=False, widget=forms.HiddenInput)
    started = forms.CharField(required=False, widget=forms.HiddenInput)
    comment = honeypot(_("Comment"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current: ConsentWording | None = terms.current_terms()
        self.initial = {
            **self.initial,
            "wording": self.current.version if self.current else "",
            "started": STOPWATCH.start(),
        }

    def clean(self) -> dict[str, Any]:
        """The words that were read must be those in force."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.current and cleaned.get("wording") != self.current.version:
            kept = {name: value for name, value in self.data.items() if name != "terms"}
            self.data = {**kept, "wording": self.current.version}
            self.add_error("terms", _("The terms have changed since you opened this page: read them again."))
        return cleaned

    @property
    def terms_in_words(self) -> str:
        """The very words that are accepted."""
        return self.current.text if self.current else gettext("I accept the terms of use.")

    @property
    def hurried(self) -> bool:
        """Whether this looks like a robot: one more gesture will be asked for."""
        fast = STOPWATCH.seconds_since(self.cleaned_data.get("started", "")) < FASTEST_SECONDS
        return fast or bool(self.cleaned_data.get("comment"))

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called once the account is saved: record that the terms were accepted."""
        if self.current:
            terms.accept(user, self.current, get_language() or user.language)
