"""Possible duplicates: the list, two organisations side by side, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from common.admin_viewsets import namespace
from members.duplicates import Pair, find_duplicates, plain_name, tell_apart
from members.models import Organisation

from .places import comparison_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

PERMISSION = "members.add_organisationmerge"
PER_PAGE = 20


class MergersOnlyMixin:
    """Facilitators and administrators."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DuplicatesForm(forms.Form):
    """What is looked for among the pairs."""

    q = forms.CharField(label=_("Name"), required=False)
    same_unit = forms.BooleanField(label=_("Sites of one legal unit only"), required=False)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair as the list shows it."""

    first: Organisation
    second: Organisation
    url: str
    percent: int
    same_unit: bool

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        """Both, in the order of the address."""
        return self.first, self.second


def described(pairs: Sequence[Pair]) -> list[Suggestion]:
    """With both rows; a pair whose row went meanwhile is left out."""
    keys = {key for pair in pairs for key in (pair.first, pair.second)}
    rows = Organisation.objects.select_related("commune").in_bulk(keys)
    return [
        Suggestion(
            rows[pair.first],
            rows[pair.second],
            comparison_url(pair.first, pair.second),
            round(pair.closeness * 100),
            pair.same_unit,
        )
        for pair in pairs
        if {pair.first, pair.second} <= rows.keys()
    ]


class DuplicatesView(MergersOnlyMixin, WagtailAdminTemplateMixin, TemplateView):
    """The pairs that nobody has looked at yet, the closest first."""

    template_name = "members/admin/duplicates.html"
    page_title = _("Possible duplicates")
    header_icon = "copy"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = DuplicatesForm(self.request.GET)
        pairs = self.narrowed(find_duplicates(), form.cleaned_data if form.is_valid() else {})
        page = Paginator(pairs, PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **context,
            "form": form,
            "page": page,
            "suggestions": described(list(page.object_list)),
            "query": query.urlencode(),
        }

    def narrowed(self, pairs: list[Pair], asked: dict[str, Any]) -> list[Pair]:
        """Those whose names hold the words, and that are of one legal unit if asked."""
        if asked.get("same_unit"):
            pairs = [pair for pair in pairs if pair.same_unit]
        words = plain_name(asked["q"]) if asked.get("q") else ""
        if not words:
            return pairs
        keys = {key for pair in pairs for key in (pair.first, pair.second)}
        named = Organisation.objects.filter(pk__in=keys).values_list("pk", "name")
        found = {pk for pk, name in named if words in plain_name(name)}
        return [pair for pair in pairs if found & {pair.first, pair.second}]


def pair_of(first: int, second: int) -> tuple[Organisation, Organisation]:
    """Two different organisations, in the order of their keys. Raises Http404."""
    if first >= second:
        raise Http404
    rows = Organisation.objects.select_related("commune", "logo")
    return get_object_or_404(rows, pk=first), get_object_or_404(rows, pk=second)


class TellApartView(MergersOnlyMixin, View):
    """They are not the same: said once, never suggested again."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        one, other = pair_of(first, second)
        tell_apart(one, other, by=request.user)  # type: ignore[arg-type]
        for row, beside in ((one, other), (other, one)):
            log(row, "members.tell_apart", user=request.user, data={"other": beside.pk})
        messages.success(request, _("They are not the same: they will not be suggested again."))
        return redirect(reverse("admin_duplicates:index"))


class DuplicatesMenuItem(MenuItem):
    """For those who may merge."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class DuplicatesViewSet(ViewSet):
    """Possible duplicates, in the menu beside the organisations."""

    name = "duplicates"
    icon = "copy"
    menu_label = _("Possible duplicates")
    menu_order = 60
    menu_item_class = DuplicatesMenuItem

    @property
    def url_namespace(self) -> str:
        """Apart from the namespaces of the public site."""
        return namespace(self.name)

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        from .merging import CompareView  # noqa: PLC0415 (it needs what is above)

        pair = "<int:first>/<int:second>"
        return [
            path("", DuplicatesView.as_view(), name="index"),
            path(f"{pair}/", CompareView.as_view(), name="compare"),
            path(f"{pair}/distinct/", TellApartView.as_view(), name="distinct"),
        ]
