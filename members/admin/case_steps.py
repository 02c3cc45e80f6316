"""What is done to a case besides deciding: take over, leave, stay on it, undo, carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from members.cases import deciding
from members.cases.describing import decision_label
from members.cases.holding import renew
from members.cases.kinds import StaleError
from members.cases.refusals import CaseRefused, sentence_on
from members.companies.refusals import Refusal

from .case_page import CONFLICT, TYPED, OneCase
from .case_rows import case_url

if TYPE_CHECKING:
    from django.http import HttpRequest


class StepView(OneCase, View):
    """One act, on POST; a refusal is said on the next page."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Act, then show."""
        try:
            return self.act()
        except StaleError as gone:
            messages.warning(request, f"{self.case.title}: {gone}")
        except Refusal as refusal:
            messages.error(request, f"{self.case.title}: {refusal}")
        return redirect(self.back())

    def act(self) -> HttpResponse:
        """Subclasses do it. Raises CaseRefused, StaleError."""
        raise NotImplementedError

    def back(self) -> str:
        """The page one comes from, or the list."""
        return get_valid_next_url_from_request(self.request) or self.list_url()


class TakeOverView(StepView):
    """In the place of a colleague; what was typed comes along."""

    def act(self) -> HttpResponse:
        deciding.take_over(self.case, self.by)
        typed = self.request.POST.get("reason", "")[: deciding.REASON_LENGTH]
        if typed:
            self.request.session[f"{TYPED}_{self.case.pk}"] = typed
        return redirect(case_url(self.case, self.query))


class ReleaseView(StepView):
    """Leave it to others. Called by the page as it is left, or by its button."""

    def act(self) -> HttpResponse:
        seen = parse_datetime(self.request.POST.get("held_until", ""))
        deciding.release(self.case, self.by, held_until=seen)
        return HttpResponse(status=204) if "leaving" in self.request.POST else redirect(self.list_url())


class RenewView(StepView):
    """The page is still open: the lease goes on. Answers 409 with who has it now, or what was decided."""

    def act(self) -> HttpResponse:
        if until := renew(self.case, self.by):
            return JsonResponse({"held_until": until.isoformat()})
        try:
            deciding.take(self.case, self.by)
        except CaseRefused as refusal:
            return JsonResponse({"message": str(refusal)}, status=CONFLICT)
        until = renew(self.case, self.by)
        return JsonResponse({"held_until": until.isoformat() if until else ""})


class UndoView(StepView):
    """Take a decision back, and look at the case again."""

    def act(self) -> HttpResponse:
        deciding.undo(self.case, self.by)
        messages.success(self.request, _("Taken back. Nobody was told anything."))
        return redirect(case_url(self.case, self.query))


class NowView(StepView):
    """Carry out at once, or try again what failed."""

    def act(self) -> HttpResponse:
        label = decision_label(self.case)
        case = deciding.do_now(self.case, self.by)
        if case.state == case.State.VOID:
            messages.warning(self.request, f"{case.title}: {sentence_on(case)}")
        else:
            messages.success(
                self.request,
                _("Carried out: “%(title)s”, %(decision)s.") % {"title": case.title, "decision": label},
            )
        return redirect(self.back())
