"""What a member wrote under pages, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.conversation.mine import my_listing
from members.space.views import own_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@own_page
@require_safe
def list_mine(request: HttpRequest) -> HttpResponse:
    """The latest first, each with its state; what was hidden with the reason."""
    user: Any = request.user
    return render(request, "members/conversation/mine.html", {"listing": my_listing(user, request.GET)})
