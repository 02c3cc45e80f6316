"""What every page of a contribution begins with."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.people.gate import me
from members.space.views import own_page
from toolbox.contribution import rules
from toolbox.contribution.questions import MOST_CHARACTERS
from toolbox.contribution.reading import clean_text
from toolbox.models import Contribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    View = Callable[..., HttpResponseBase]

JSON = "application/json"
__all__ = ["hers", "me", "own_page", "readable", "wants_json", "writing_page"]


def wants_json(request: HttpRequest) -> bool:
    """Whether the script asks, which saves as one types."""
    return request.headers.get("Accept", "").startswith(JSON)


def rows() -> Any:
    """Contributions with what every page shows of them."""
    return Contribution.objects.select_related("author", "organisation", "page")


def hers(request: HttpRequest, public_id: str) -> Contribution:
    """The contribution of who asks. Raises Http404 for anybody else."""
    found: Contribution | None = rows().filter(public_id=public_id, author=me(request)).first()
    if found is None:
        raise Http404
    return found


def readable(request: HttpRequest, public_id: str) -> Contribution:
    """A contribution that who asks may read. Raises Http404."""
    found: Contribution | None = rows().filter(public_id=public_id).first()
    if found is None or not rules.may_read(request.user, found):
        raise Http404
    return found


def writing_page(view: View) -> View:
    """A page of one's own on which one writes: whoever was signed out meanwhile gets her words back."""
    guarded = own_page(view)

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or request.user.is_authenticated:
            return guarded(request, *args, **kwargs)
        login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        if wants_json(request):
            message = _("You are signed out: your words are kept on this device.")
            return JsonResponse({"message": message, "login": login}, status=401)
        context = {"login": login, "words": words_in(request)}
        response = render(request, "toolbox/contribution/signed_out.html", context, status=401)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapper


def words_in(request: HttpRequest) -> list[str]:
    """What was typed in the form that came too late, one text a box."""
    hidden = {"csrfmiddlewaretoken", "version", "digest", "origin", "then"}
    typed = [value for name, value in request.POST.items() if name not in hidden and len(str(value)) > 1]
    return [clean_text(str(value), one_line=False)[:MOST_CHARACTERS] for value in typed]
