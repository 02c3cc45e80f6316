"""All that waits for the team, in one list: the oldest first, who is on what, what can still be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views import generic

from common.admin_viewsets import RoomViewSet
from common.admin_waiting import Waiting, WaitingRow, first_rows
from members.cases import queue
from members.cases.deciding import standing_failures
from members.cases.describing import decidable_kinds, kind_label
from members.cases.kinds import all_kinds
from members.models import Case

from .case_filters import SEARCHED, CaseFilterSet, carried
from .case_page import CaseView
from .case_rows import case_url, decided_of, row_of
from .case_several import SeveralView, offered
from .case_steps import NowView, ReleaseView, RenewView, TakeOverView, UndoView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLPattern

    from members.cases.kinds import CaseKind

A_PAGE = 50
SEEN = "members.view_case"


def together_in(cases: Iterable[Case]) -> list[CaseKind]:
    """The kinds on this page of which several may be decided at once."""
    present = {case.kind for case in cases}
    return [kind for kind in all_kinds() if kind.together and kind.key in present]


class CaseIndexView(generic.IndexView):
    """Only what one may decide on; the same number of queries for two hundred as for one."""

    page_title = gettext_lazy("To moderate")
    template_name = "members/cases/list.html"
    results_template_name = "members/cases/list_results.html"
    default_ordering = ("opened_at", "pk")
    permission_required = "view"

    def get_base_queryset(self) -> QuerySet[Case]:
        return queue.waiting_for(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, query = self.request.user, carried(self.request)
        cases = context["object_list"]
        several = offered(cases, decidable_kinds(user), self.request.GET.get("kind", ""))
        return {
            **context,
            "several": several,
            "together": [] if several else together_in(cases),
            "query": query,
            "rows": [row_of(case, user, query) for case in cases],
            "decided": [decided_of(case, user) for case in queue.still_undoable(user)],
        }


class CaseURLFinder(ModelAdminURLFinder):
    """Where the site’s history leads."""

    def construct_edit_url(self, instance: Case) -> str:
        return case_url(instance)


class QueueMenuItem(MenuItem):
    """Says how many wait, beside its name."""

    def is_shown(self, request: HttpRequest) -> bool:
        shown: bool = request.user.has_perm(SEEN)
        return shown

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        total = queue.waiting_for(request.user).count()  # type: ignore[arg-type]
        waits = {"data-waits": str(total)} if total else {}
        return LinkMenuItem(
            self.name,
            self.label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs={**self.attrs, **waits},
        )


class CaseViewSet(RoomViewSet):
    """The queue."""

    model = Case
    name = "cases"
    icon = "list-ul"
    menu_label = gettext_lazy("To moderate")
    menu_order = 90
    menu_item_class = QueueMenuItem
    add_to_admin_menu = True
    offered = frozenset()
    list_per_page = A_PAGE
    index_view_class = CaseIndexView
    filterset_class = CaseFilterSet
    search_fields: ClassVar[list[str]] = [*SEARCHED]
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    ordering = ("opened_at", "pk")
    url_finder_class = CaseURLFinder

    def get_urlpatterns(self) -> list[URLPattern]:
        acts = (
            ("take-over", TakeOverView),
            ("release", ReleaseView),
            ("renew", RenewView),
            ("undo", UndoView),
            ("now", NowView),
        )
        one = "one/<str:public_id>/"
        return [
            *super().get_urlpatterns(),
            path("several/", SeveralView.as_view(), name="several"),
            path(one, CaseView.as_view(), name="case"),
            *(path(f"{one}{name}/", view.as_view(), name=name.replace("-", "_")) for name, view in acts),
        ]


# ---------------------------------------------------------------- the dashboard
def cases_to_decide(request: HttpRequest) -> Waiting | None:
    """The oldest of what waits."""
    if not request.user.has_perm(SEEN):
        return None
    total, rows = first_rows(queue.waiting_for(request.user), _waiting_row)  # type: ignore[arg-type]
    if not total:
        return None
    label = ngettext("%(n)s thing to moderate", "%(n)s things to moderate", total) % {"n": total}
    return Waiting("list-ul", label, rows, reverse("admin_cases:index"))


def cases_that_failed(request: HttpRequest) -> Waiting | None:
    """Decisions that could not be carried out."""
    if not request.user.has_perm(SEEN):
        return None
    failures = queue.still_undoable(request.user).filter(standing_failures())  # type: ignore[arg-type]
    total, rows = first_rows(failures, _waiting_row)
    if not total:
        return None
    label = ngettext(
        "%(n)s decision could not be carried out", "%(n)s decisions could not be carried out", total
    )
    return Waiting("warning", label % {"n": total}, rows, reverse("admin_cases:index"))


def _waiting_row(case: Case) -> WaitingRow:
    day = date_format(timezone.localtime(case.opened_at), "j F")
    detail = _("%(kind)s, since %(day)s") % {"kind": kind_label(case), "day": day}
    return WaitingRow(case.title, case_url(case), detail)
