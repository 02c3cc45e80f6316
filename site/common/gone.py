"""Deleted addresses are remembered and answered with 410."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render

from common.models import GoneAddress
from common.open_data.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class GoneMiddleware:
    """Turns a 404 for an address that was taken away on purpose into a 410."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # No page has such an address, and PostgreSQL refuses to be asked for it.
        if "\0" in request.path_info:
            if request.path_info.startswith("/api/"):
                return problem(404, "There is nothing at such an address.")
            raise Http404
        response = self.get_response(request)
        if response.status_code == 404:  # noqa: PLR2004
            gone = GoneAddress.objects.filter(path=request.path).first()
            if gone is not None:
                return render(request, "410.html", {"gone": gone}, status=410)
        return response


def remember_deleted_page(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver, before a live page is deleted: keep its address."""
    url = instance.get_url() if instance.live else None
    if url and url.startswith("/"):
        GoneAddress.objects.get_or_create(path=url, defaults={"title": instance.title})


def forget_address(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver, after a page is published: its address lives again."""
    url = instance.get_url()
    if url:
        GoneAddress.objects.filter(path=url).delete()
