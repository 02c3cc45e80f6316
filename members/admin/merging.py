"""Two organisations side by side: which is kept, which values, what moves; then they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members.companies.refusals import Refusal
from members.companies.siret import spaced
from members.merging import CHOICES, MergeRefused, merge, preview
from members.models import Membership, Organisation

from .duplicates import MergersOnlyMixin, pair_of
from .places import overview_url

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponse, HttpResponseBase

    from members.merge_moves import Conflict
    from members.merging import Preview


def shown(organisation: Organisation, name: str) -> str:
    """A value as it is compared on the screen; empty when there is none."""
    if name == "themes":
        return ", ".join(sorted(str(theme) for theme in organisation.themes.all()))
    if name == "siret":
        return spaced(organisation.siret)
    if name in {"example", "at_least_300"}:
        return {True: _("yes"), False: _("no"), None: ""}[getattr(organisation, name)]
    display = getattr(organisation, f"get_{name}_display", None)
    return str(display() if display else getattr(organisation, name) or "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One property of both; `field` is the form's, where they differ."""

    label: str
    values: Sequence[str]
    field: Any = None


class MergeForm(forms.Form):
    """Which row is kept, and whose value where they differ. Prefilled with what is there."""

    kept = forms.TypedChoiceField(label=gettext_lazy("Kept"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why they are one"),
        max_length=300,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Kept in the history: “recorded twice”, “new name since 2024”…"),
    )

    def __init__(self, pair: tuple[Organisation, Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        sides = [(row.pk, row.name) for row in pair]
        self.fields["kept"].choices = sides  # type: ignore[attr-defined]
        self.fields["kept"].initial = stronger(pair).pk
        self.fields["kept"].widget.attrs["id"] = "kept"
        self.compared = {name: (shown(pair[0], name), shown(pair[1], name)) for name in CHOICES}
        for name, values in self.compared.items():
            if values[0] != values[1]:
                self.fields[name] = forms.TypedChoiceField(
                    label=label_of(name),
                    choices=[
                        (row.pk, value or _("nothing")) for row, value in zip(pair, values, strict=True)
                    ],
                    coerce=int,
                    initial=self.preferred(values),
                    widget=forms.RadioSelect,
                )

    def preferred(self, values: Sequence[str]) -> int:
        """What there is, rather than nothing; else the value of the row that is kept."""
        filled = [row for row, value in zip(self.pair, values, strict=True) if value]
        return filled[0].pk if len(filled) == 1 else stronger(self.pair).pk

    def sides(self) -> tuple[Organisation, Organisation]:
        """The row that is kept, the one that goes."""
        one, other = self.pair
        return (one, other) if self.cleaned_data["kept"] == one.pk else (other, one)

    def taken(self) -> list[str]:
        """The properties whose value comes from the one that goes."""
        kept, _gone = self.sides()
        return [name for name in CHOICES if name in self.cleaned_data and self.cleaned_data[name] != kept.pk]

    def comparisons(self) -> list[Comparison]:
        """Every property, those that differ first."""
        rows = [
            Comparison(label_of(name), values, self[name] if name in self.fields else None)
            for name, values in self.compared.items()
            if any(values)
        ]
        return sorted(rows, key=lambda row: row.field is None)


def label_of(name: str) -> str:
    """What a property is called."""
    return capfirst(str(Organisation._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def stronger(pair: tuple[Organisation, Organisation]) -> Organisation:
    """The one to keep if nobody says otherwise: managed, confirmed, the older."""
    managed = set(
        Membership.objects.managers().filter(organisation__in=pair).values_list("organisation", flat=True)
    )
    return max(pair, key=lambda row: (row.pk in managed, row.confirmed_at is not None, -row.pk))


class CompareView(MergersOnlyMixin, WagtailAdminTemplateMixin, FormView[Any]):
    """Asks; shows what would move; merges. What was chosen is asked once more before it is done."""

    template_name = "members/admin/compare.html"
    confirm_template_name = "members/admin/merge.html"
    page_title = gettext_lazy("Are they the same?")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.pair: tuple[Organisation, Organisation] | None = None
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def rows(self) -> tuple[Organisation, Organisation]:
        """Both organisations. Raises Http404 once one of them is gone."""
        if self.pair is None:
            self.pair = pair_of(self.kwargs["first"], self.kwargs["second"])
        return self.pair

    def get_form(self, form_class: Any = None) -> MergeForm:
        return MergeForm(self.rows(), self.request.POST or None)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("admin_duplicates:index"), "label": _("Possible duplicates")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        one, other = self.rows()
        has = [preview(other, one), preview(one, other)]
        return {
            **context,
            "pair": [
                {"row": row, "url": overview_url(row.pk), "has": what.counts}
                for row, what in zip((one, other), has, strict=True)
            ],
            "conflicts": self.described(has[1].conflicts),
            "same_unit": bool(one.siren) and one.siren == other.siren,
            "comparisons": context["form"].comparisons(),
            "media": context["form"].media,
        }

    def described(self, conflicts: Sequence[Conflict]) -> list[tuple[str, str, str]]:
        """What must be settled first, and where."""
        finder = AdminURLFinder(self.request.user)
        return [(each.label, str(each.row), finder.get_edit_url(each.row) or "") for each in conflicts]

    def form_valid(self, form: Any) -> HttpResponse:
        kept, gone = form.sides()
        if "sure" not in self.request.POST:
            return self.ask(form, preview(kept, gone))
        try:
            merge(kept, gone, by=self.request.user, taken=form.taken(), reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except MergeRefused:
            return self.ask(form, preview(kept, gone))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        message = _("“%(gone)s” is now “%(kept)s”. Everything was kept.")
        messages.success(self.request, message % {"gone": gone.name, "kept": kept.name})
        return redirect(overview_url(kept.pk))

    def ask(self, form: MergeForm, what: Preview) -> HttpResponse:
        """Say what will happen, with everything that was chosen, and ask to go on."""
        kept, gone = form.sides()
        taken = form.taken()
        after = [
            (label_of(name), values[form.pair.index(gone if name in taken else kept)])
            for name, values in form.compared.items()
        ]
        context = super().get_context_data(form=form)
        context |= {
            "kept": kept,
            "gone": gone,
            "after": [(label, value) for label, value in after if value],
            "counts": what.counts,
            "conflicts": self.described(what.conflicts),
            "answers": [(name, self.request.POST[name]) for name in form.fields if name in self.request.POST],
        }
        self.template_name = self.confirm_template_name
        return self.render_to_response(context)
