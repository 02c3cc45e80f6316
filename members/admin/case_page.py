"""One case: what is to decide, who sent it, the decisions; opening it takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from members.cases import deciding, queue
from members.cases.describing import choices_of, kind_label
from members.cases.holding import holder_of
from members.cases.kinds import StaleError, kind_of
from members.cases.refusals import (
    CaseRefused,
    DecidedElsewhere,
    HeldElsewhere,
    NoSuchChoice,
    ReasonMissing,
    sentence_on,
)
from members.companies.refusals import Refusal

from .case_filters import carried, narrowed
from .case_rows import (
    about_author,
    about_company,
    case_url,
    decided_of,
    decision_label_of,
    earlier_cases,
    icon_of,
    row_of,
    steps_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponse

    from members.models import Case, User

CONFLICT = 409
# What somebody typed before taking over, in the session until the page is shown again.
TYPED = "case_typed"


class OneCase:
    """What the page of a case and the acts on it have in common; mixed into views."""

    request: HttpRequest
    case: Case

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The case of the address, among those that this person may decide on. Answers 404."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if not request.user.has_perm("members.view_case"):
            raise PermissionDenied
        found = queue.of_hers(self.by).filter(public_id=kwargs["public_id"]).first()
        if found is None:
            raise Http404
        self.case = found

    @property
    def by(self) -> User:
        """Who looks, or acts."""
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def query(self) -> str:
        """The list that one works through."""
        return carried(self.request)

    def list_url(self) -> str:
        """That list."""
        return f"{reverse('admin_cases:index')}{'?' if self.query else ''}{self.query}"

    def go_on(self, decided: Case | None = None) -> HttpResponse:
        """To the next case, which says what was decided; to the list when nothing is left."""
        following = queue.next_to_decide(self.case, narrowed(self.request), self.by)
        if following is None:
            return redirect(self.list_url())
        told = urlencode({"decided": decided.public_id}) if decided else ""
        return redirect(case_url(following, "&".join(part for part in (self.query, told) if part)))

    def ended(self, gone: StaleError) -> HttpResponse:
        """There is nothing left to decide: say why, and go on."""
        messages.warning(self.request, f"{self.case.title}: {gone}")
        return self.go_on()


class CaseView(OneCase, WagtailAdminTemplateMixin, TemplateView):
    """Takes the case on GET, unless somebody else is on it; decides on POST."""

    template_name = "members/cases/case.html"
    reason = ""
    choice_key = ""
    error = ""
    conflict = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A browser that fetches ahead of the reader takes nothing."""
        ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        try:
            if not ahead:
                self.take()
            self.reason = request.session.pop(f"{TYPED}_{self.case.pk}", "") or self.case.reason
            return self.page()
        except StaleError as gone:
            deciding.end_stale(self.case, gone, self.by)
            return self.ended(gone)

    def take(self) -> None:
        """Be on it; the page is read-only when that cannot be."""
        try:
            self.case = deciding.take(self.case, self.by)
        except CaseRefused:
            self.case = queue.of_hers(self.by).get(pk=self.case.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the decisions, or a model reason to begin from."""
        self.reason = request.POST.get("reason", "")
        try:
            if "model" in request.POST:
                self.use_model(request.POST["model"])
                return self.page()
            self.choice_key = request.POST.get("choice", "")
            decided = deciding.decide(self.case, self.by, self.choice_key, self.reason)
        except StaleError as gone:
            deciding.end_stale(self.case, gone, self.by)
            return self.ended(gone)
        except Refusal as refusal:
            return self.refused(refusal)
        return self.go_on(decided)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """Who or what stands in the way; what was typed stays on the page."""
        self.case = queue.of_hers(self.by).get(pk=self.case.pk)
        if isinstance(refusal, HeldElsewhere | DecidedElsewhere | NoSuchChoice):
            self.conflict = str(refusal)
            return self.page(status=CONFLICT)
        self.error = str(refusal)
        if isinstance(refusal, ReasonMissing):
            self.use_model(f"{self.choice_key}|0")
        return self.page()

    def use_model(self, model: str) -> None:
        """Begin the reason from a model: “choice|place”."""
        self.choice_key, _bar, place = model.rpartition("|")
        reasons = next((one.reasons for one in choices_of(self.case) if one.key == self.choice_key), ())
        if place.isdecimal() and int(place) < len(reasons):
            self.reason = str(reasons[int(place)])

    def page(self, status: int = 200) -> HttpResponse:
        """Raises StaleError when a case that waits has nothing to show."""
        return self.render_to_response(self.get_context_data(), status=status)

    # ---------------------------------------------------------------- what is shown
    def get_page_title(self) -> str:
        return f"{kind_label(self.case)}: {self.case.title}"

    def get_header_icon(self) -> str:
        return icon_of(self.case)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above: list[dict[str, Any]] = [*self.breadcrumbs_items]
        above.append({"url": self.list_url(), "label": _("To moderate")})
        return [*above, {"url": "", "label": kind_label(self.case)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        case = self.case
        waiting = case.state == case.State.WAITING
        mine = waiting and holder_of(case) == self.by
        return {
            **context,
            "subject": self.subject(),
            "case": case,
            "row": row_of(case, self.by, self.query),
            "mine": mine,
            "held_until": case.held_until.isoformat() if mine and case.held_until else "",
            "held": waiting and not mine and holder_of(case) is not None,
            "settled": "" if waiting else sentence_on(case),
            "decided": None if waiting else decided_of(case, self.by),
            "just_decided": self.just_decided(),
            "choices": self.choices() if waiting else (),
            "reason_help": kind_of(case).reason_help,
            "reason": self.reason,
            "choice_key": self.choice_key,
            "error": self.error,
            "conflict": self.conflict,
            "typed_choice": decision_label_of(case, self.choice_key),
            "author": about_author(case, self.by),
            "company": about_company(case, self.by),
            "steps": steps_of(case),
            "earlier": earlier_cases(case),
            "list_url": self.list_url(),
            **self.neighbours(),
        }

    def subject(self) -> str:
        """What the room shows. What was decided may have gone since; what waits may not."""
        kind = kind_of(self.case)
        try:
            context = kind.context(self.case, self.request)
        except StaleError as gone:
            if self.case.state == self.case.State.WAITING:
                raise
            return format_html("<p>{}</p>", gone)
        return render_to_string(kind.template, {"case": self.case, **context}, self.request)

    def choices(self) -> list[dict[str, Any]]:
        """Each decision, with its model reasons."""
        return [
            {
                "choice": choice,
                "models": [(f"{choice.key}|{place}", str(text)) for place, text in enumerate(choice.reasons)],
                "chosen": choice.key == self.choice_key,
            }
            for choice in choices_of(self.case)
        ]

    def just_decided(self) -> Any:
        """What was decided on the page before this one, while it can be taken back."""
        key = self.request.GET.get("decided", "")
        found = queue.still_undoable(self.by).filter(public_id=key).first() if key else None
        return decided_of(found, self.by, self.query) if found and found.pk != self.case.pk else None

    def neighbours(self) -> dict[str, Any]:
        """Before and after it in the list, and where it stands."""
        rows = narrowed(self.request)
        previous, following = queue.before(self.case, rows), queue.after(self.case, rows)
        return {
            "query": self.query,
            "previous_url": case_url(previous, self.query) if previous else "",
            "next_url": case_url(following, self.query) if following else "",
            "place": queue.place_of(self.case, rows),
            "total": rows.count(),
        }
