"""What a moderator does to a contribution besides deciding: notes, corrections, choices between versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from members.companies.refusals import Refusal
from members.models import Case
from toolbox.contribution.boxes import Box
from toolbox.contribution.questions import answer, questions_of, steps_of
from toolbox.contribution.reading import read
from toolbox.models import Contribution
from toolbox.rules import may_moderate

from . import correcting, notes
from .showing import words
from .waiting import KEY
from .writing import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponse
    from django.urls import URLPattern

    from members.models import User

CONFLICT = 409


class OneContribution:
    """The contribution of the address, for those who moderate; mixed into views."""

    request: HttpRequest
    contribution: Contribution

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Answers 404, or 403 to who may not moderate."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if not may_moderate(self.by):
            raise PermissionDenied
        rows = Contribution.objects.exclude(submitted_at=None).select_related(
            "author", "organisation", "page"
        )
        self.contribution = get_object_or_404(rows, public_id=kwargs["public_id"])
        self.next_url = get_valid_next_url_from_request(request)

    @property
    def by(self) -> User:
        """Who acts."""
        return self.request.user  # type: ignore[return-value]

    def back(self) -> str:
        """The case, or the queue when there is none any more."""
        target = self.contribution.public_id
        case = Case.objects.filter(kind=KEY, target=target).order_by("-opened_at", "-pk").first()
        return reverse("admin_cases:case", args=[case.public_id]) if case else reverse("admin_cases:index")

    def version(self) -> int:
        """The version that the form showed; 0, which none has, when it says nothing."""
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isdecimal() and len(typed) < len("1000000000") else 0


class ActView(OneContribution, View):
    """A small act from the page of the case: done or refused, then back where one was."""

    http_method_names = ("post", "options")
    said = ""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Act."""
        try:
            place = self.act(request)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            place = ""
        else:
            if self.said:
                messages.success(request, self.said)
        return redirect(f"{self.next_url or self.back()}{place}")

    def act(self, request: HttpRequest) -> str:
        """Do it; answer the fragment to come back to. Raises Refusal."""
        raise NotImplementedError

    def http_method_not_allowed(self, *_args: Any, **_kwargs: Any) -> HttpResponseNotAllowed:
        """Said of a GET."""
        return HttpResponseNotAllowed(["POST"])


class NoteView(ActView):
    """A note beside a field, saved at once; or one of one's own taken back."""

    def act(self, request: HttpRequest) -> str:
        field = request.POST.get("field", "")
        taken_back = request.POST.get("remove", "")
        if taken_back:
            rows = self.contribution.notes.filter(pk=int(taken_back) if taken_back.isdecimal() else 0)
            note = rows.first()
            if note is None:
                raise Http404
            notes.remove_note(note, self.by)
        else:
            notes.write_note(self.contribution, field, request.POST.get("text", ""), self.by)
        return f"#field-{field or 'whole'}" if field in {"", *questions_of(self.contribution.kind)} else ""


class ChooseView(ActView):
    """Which words stay where the author and somebody else both changed a field."""

    def act(self, request: HttpRequest) -> str:
        picks = {
            key.removeprefix("pick-"): str(value)
            for key, value in request.POST.items()
            if key.startswith("pick-")
        }
        correcting.choose(self.contribution, picks, self.version(), self.by)
        self.said = _("Both versions are put together. Read the whole once more before you publish.")
        return ""


class CorrectView(OneContribution, WagtailAdminTemplateMixin, TemplateView):
    """The answers as they were typed, to be corrected with the author's agreement."""

    template_name = "toolbox/review/correct.html"
    header_icon = "edit"
    error = ""
    typed: Mapping[str, Any] | None = None
    shown_version = 0

    def get_page_title(self) -> str:
        return _("Correct with the author’s agreement")

    def get_page_subtitle(self) -> str:
        return str(self.contribution)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above: list[dict[str, Any]] = [*self.breadcrumbs_items]
        above.append({"url": self.back(), "label": str(self.contribution)})
        return [*above, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what was typed stays when it is refused."""
        answers = {
            key: read(question, request.POST)
            for key, question in questions_of(self.contribution.kind).items()
        }
        try:
            correcting.correct(self.contribution, answers, self.version(), self.by)
        except Refusal as refusal:
            self.error, self.typed = str(refusal), answers
            self.contribution.refresh_from_db()
            return self.render_to_response(self.get_context_data(**kwargs), status=CONFLICT)
        messages.success(request, _("Saved. Its author will read what you corrected, field by field."))
        return redirect(self.next_url or self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = self.contribution
        return {
            **context,
            "contribution": row,
            "parts": self.parts(),
            "version": row.version,
            "error": self.error,
            "differing": self.differing(),
            "allowed": row.edits_allowed and row.state == row.State.SUBMITTED,
            "back_url": self.next_url or self.back(),
            "next_url": self.next_url,
        }

    def parts(self) -> list[tuple[str, list[Box]]]:
        """The boxes, step by step as the author had them."""
        answers = self.contribution.answers if self.typed is None else self.typed
        return [
            (str(step.title), [Box(one, answer(answers, one)) for one in step.questions])
            for step in steps_of(self.contribution.kind)
            if step.questions
        ]

    def differing(self) -> list[tuple[str, str]]:
        """Where what was typed is not what stands now: the words of now."""
        typed = self.typed
        if typed is None:
            return []
        row = self.contribution
        return [
            (str(question.label), words(question, row.answers.get(key)))
            for key, question in questions_of(row.kind).items()
            if not same(typed.get(key), row.answers.get(key))
        ]


def urlpatterns() -> list[URLPattern]:
    """Below `contributions/` in the admin."""
    return [
        path("<str:public_id>/note/", NoteView.as_view(), name="note"),
        path("<str:public_id>/choose/", ChooseView.as_view(), name="choose"),
        path("<str:public_id>/correct/", CorrectView.as_view(), name="correct"),
    ]
