"""What staff write of an adoption, on behalf of a company that told them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminPageChooser

from members.models import Organisation
from toolbox.models import Adoption, PracticePage

from .saying import Said, find, record

if TYPE_CHECKING:
    from members.models import User
    from toolbox.models import Practice


class EditForm(WagtailAdminModelForm):
    """How far the company is, since when, and its words; the verb writes them."""

    on = forms.DateField(
        label=gettext_lazy("Since when"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("The day of this state; empty: today."),
    )

    class Meta:
        model = Adoption
        fields = ("state", "experience", "shown")
        widgets = {"experience": AdminAutoHeightTextInput}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["shown"].help_text = _(
            "Only if the company agrees; nothing shows before it is confirmed."
        )
        if self.instance.pk:
            self.initial["on"] = getattr(self.instance, f"{self.instance.state}_on")
        self.order_fields(["practice_page", "organisation", "state", "on", "experience", "shown"])

    def whose(self) -> tuple[Practice, Organisation]:
        """Of which practice, by which company."""
        return self.instance.practice, self.instance.organisation

    def _post_clean(self) -> None:
        """The row is written by the verb: nothing to put on it here, and its dates are not there yet."""

    def save(self, commit: bool = True) -> Adoption:
        """Write it."""
        data = self.cleaned_data
        practice, organisation = self.whose()
        said = Said(data["state"], data["on"], " ".join(data["experience"].split()), data["shown"])
        self.instance = record(practice, organisation, self.by, said)
        return self.instance


class AddForm(EditForm):
    """The same, of a practice and a company."""

    practice_page: Any = forms.ModelChoiceField(
        label=gettext_lazy("Good practice"),
        queryset=PracticePage.objects.filter(live=True),
        widget=AdminPageChooser(target_models=[PracticePage]),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Company"), queryset=Organisation.objects.order_by("name", "pk")
    )

    def clean(self) -> dict[str, Any]:
        """A company says it once, and not of what it tells itself."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        page, organisation = cleaned.get("practice_page"), cleaned.get("organisation")
        if page and organisation:
            if page.facts is None:
                raise ValidationError(_("This practice was never published."))
            if page.facts.organisation_id == organisation.pk:
                raise ValidationError(_("This company tells the practice itself."))
            if find(page.facts, organisation):
                raise ValidationError(_("This company said it already: change what it says in the list."))
        return cleaned

    def whose(self) -> tuple[Practice, Organisation]:
        return self.cleaned_data["practice_page"].facts, self.cleaned_data["organisation"]
