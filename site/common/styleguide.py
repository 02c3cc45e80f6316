"""Every component on one page, for developers and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest) -> HttpResponse:
    """The style guide; not in production."""
    return render(request, "styleguide/index.html")
