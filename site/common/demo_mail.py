"""The mail of the demonstration, where its visitors read what would have been sent to them.

These addresses exist where `DEMO` is set and nowhere else: who reads them reads everybody's codes.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.admin_outbox import state_of
from common.listing import Listing, page_number
from common.models import OutboxMessage
from common.opening import open_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]

RECIPIENT = "a"
PER_PAGE = 25
SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
# A mail brings its styles with it, and nothing else: no script, no form, no picture from elsewhere.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    f"frame-ancestors 'self'; sandbox {SANDBOX}"
)


def demo_only(view: View) -> View:
    """Nothing is found outside the demonstration; nothing is kept, nothing is indexed."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        response = view(request, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(guarded)


def folder(query: QueryDict) -> Listing[OutboxMessage]:
    """The mails that the query asks for, newest first."""
    recipient = query.get(RECIPIENT, "").strip()[:254]
    rows = OutboxMessage.objects.defer("source").order_by("-created_at", "-pk")
    asked = QueryDict(mutable=True)
    if recipient:
        rows = rows.filter(recipients__icontains=recipient)
        asked[RECIPIENT] = recipient
    page = Paginator(rows, PER_PAGE).get_page(page_number(query))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=[(row, state_of(row)) for row in page.object_list],
        facets=(),
        chips=(),
        query=asked.urlencode(),
        path=reverse("demo_mail"),
        extra={"recipient": recipient},
    )


@demo_only
def show_folder(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, or those to an address."""
    context = {"page": None, "title": _("E-mails of the demonstration"), "listing": folder(request.GET)}
    return render(request, "demo/mails.html", context)


@demo_only
def show_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: as its reader sees it, its text, its headers."""
    row = get_object_or_404(OutboxMessage, pk=pk)
    trail = [(_("Home"), "/"), (_("E-mails of the demonstration"), reverse("demo_mail"))]
    context = {
        "page": None,
        "mail": row,
        "opened": open_message(row),
        "state": state_of(row),
        "sandbox": SANDBOX,
        "trail": trail,
    }
    return render(request, "demo/mail.html", context)


@demo_only
def show_html(_request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a mail alone, as a frame shows it; its links leave the frame."""
    html = open_message(get_object_or_404(OutboxMessage, pk=pk)).html
    if not html:
        raise Http404
    response = HttpResponse(with_links_on_top(html))
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


def with_links_on_top(html: str) -> str:
    """HTML whose links open in the whole window."""
    base = '<base target="_top">'
    found = re.search(r"<head\b[^>]*>", html, re.IGNORECASE)
    return html[: found.end()] + base + html[found.end() :] if found else base + html


urlpatterns = [
    path("", show_folder, name="demo_mail"),
    path("<int:pk>/", show_mail, name="demo_mail_message"),
    path("<int:pk>/html/", show_html, name="demo_mail_html"),
]
