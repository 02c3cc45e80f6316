"""Several cases decided at once, from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages

from members.cases import queue
from members.cases.describing import choices_of
from members.cases.several import decide_several

from .case_filters import carried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from members.cases.kinds import CaseKind, Choice
    from members.models import Case

# A page of the list; whoever sends more did not tick them.
MOST = 50


def offered(cases: Sequence[Case], kinds: Sequence[CaseKind], asked: str) -> Sequence[Choice]:
    """The decisions that the list offers for several at once: once it shows one kind that allows it."""
    kind = next((kind for kind in kinds if kind.key == asked and kind.together), None)
    return choices_of(cases[0]) if kind and cases else ()


class SeveralView(View):
    """Decides on those that were ticked; says what was not decided, and why."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Back to the same list."""
        if not request.user.has_perm("members.view_case"):
            raise PermissionDenied
        ticked = request.POST.getlist("case")[:MOST]
        cases = queue.waiting_for(request.user).filter(public_id__in=ticked)  # type: ignore[arg-type]
        outcome = decide_several(
            cases,
            request.user,  # type: ignore[arg-type]
            request.POST.get("choice", ""),
            request.POST.get("reason", ""),
        )
        done = len(outcome.decided)
        if done:
            said = ngettext(
                "%(n)s decision taken: it can be undone for ten minutes.",
                "%(n)s decisions taken: they can be undone for ten minutes.",
                done,
            )
            messages.success(request, said % {"n": done})
        for case, why in outcome.refused:
            messages.warning(request, f"{case.title}: {why}")
        if not done and not outcome.refused:
            messages.warning(request, _("Tick what you decide on first."))
        query = carried(request)
        return redirect(f"{reverse('admin_cases:index')}{'?' if query else ''}{query}")
