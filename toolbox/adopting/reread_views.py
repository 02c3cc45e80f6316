"""Answering “does it still hold?” by a link: looking changes nothing, a POST answers, once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members.people.gate import unkept
from toolbox.models import Practice

from .answering import Answered, ExpiredLink, UnknownLink, answer, find
from .asking import subject
from .forms import AnswerForm
from .titles import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from toolbox.models import Rereading, Tool

    View = Callable[..., HttpResponseBase]

GONE = 410


def untold(view: View) -> View:
    """The address is a key: no site that one goes to from here learns it."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapper


def revise_path(facts: Practice | Tool) -> str:
    """Where its author writes it anew; the first page of her space until there is such a place."""
    kind = "practice" if isinstance(facts, Practice) else "tool"
    try:
        return reverse("revise", args=[kind, facts.translation_key])
    except NoReverseMatch:
        return reverse("space_home")


# The link itself is the right to answer, and browsers send no origin from a page without referrer:
# there is nothing of a session that another site could make use of.
@csrf_exempt
@untold
@never_cache
@unkept
@require_http_methods(["GET", "HEAD", "POST"])
def reread(request: HttpRequest, token: str) -> HttpResponse:
    """The question and its three answers; what was answered, and when; or what to do instead."""
    try:
        row = find(token)
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            answer(token, form.cleaned_data["answer"], form.cleaned_data["words"])
            return HttpResponseRedirect(reverse("reread", args=[token]))
    except UnknownLink:
        return render(request, "toolbox/adopting/reread_unknown.html", {"row": None}, status=GONE)
    except ExpiredLink as refusal:
        context = about(refusal.row)
        return render(request, "toolbox/adopting/reread_unknown.html", context, status=GONE)
    except Answered as refusal:
        return render(request, "toolbox/adopting/reread_done.html", about(refusal.row))
    return render(request, "toolbox/adopting/reread.html", {**about(row), "form": form})


def about(row: Rereading) -> dict[str, Any]:
    """What the pages say of a question."""
    facts = subject(row)
    return {"row": row, "facts": facts, "thing": subject_of(facts), "revise": revise_path(facts)}
