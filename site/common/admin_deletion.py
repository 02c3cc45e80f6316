"""Pages that others depend on are archived, not deleted: the delete views say so (decision 0005)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.models import Page

from common.admin_viewsets import CONFLICT
from common.facts import FactsPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that may not be deleted, and the rows that depend on its facts."""

    page: Page
    reason: str
    can_unpublish: bool


def kept_pages(page: Page, user: Any) -> list[KeptPage]:
    """The pages that may not be deleted, among `page` and those below it."""
    kept = []
    for each in Page.objects.descendant_of(page, inclusive=True).specific().iterator():
        facts = each.facts if isinstance(each, FactsPage) else None
        reason = facts.in_use() if facts is not None else None
        if reason:
            kept.append(KeptPage(each, reason, each.permissions_for_user(user).can_unpublish()))
    return kept


def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """`before_delete_page`: instead of the question, say what depends on the page and how to archive it."""
    kept = kept_pages(page, request.user)
    if not kept:
        return None
    context = {"page": page, "kept": kept, "only_itself": [each.page.pk for each in kept] == [page.pk]}
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "wagtailadmin/pages/cannot_delete.html", context, status=status)


class GuardedDeleteBulkAction(DeleteBulkAction):
    """Leaves out of a bulk deletion the pages that are kept, and names them."""

    aria_label = _("Delete selected pages")

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, Any]]:
        pages, others = super().get_actionable_objects()
        free, kept = self.sort_out(pages)
        return free, {**others, "kept": kept}

    def sort_out(self, pages: Iterable[Page]) -> tuple[list[Page], list[KeptPage]]:
        """Those that may be deleted, and what keeps the others."""
        free: list[Page] = []
        kept: list[KeptPage] = []
        for page in pages:
            reasons = kept_pages(page, self.request.user)
            kept.extend(reasons)
            if not reasons:
                free.append(page)
        return free, kept
