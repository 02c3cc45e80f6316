"""A contribution as it will look, on the very page that will show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.known import themes
from toolbox.models import Contribution, ContributionFile, PracticeIndexPage, ToolIndexPage

from .access import me, own_page, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTS: dict[str, Any] = {Contribution.Kind.PRACTICE: PracticeIndexPage, Contribution.Kind.TOOL: ToolIndexPage}


@own_page
@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page that the answers make, not saved; for its author, her company and the team."""
    from toolbox.review.writing import build_page  # noqa: PLC0415 (that part reads this one)

    contribution = readable(request, public_id)
    page = build_page(contribution)
    furnish(page, contribution)
    context = page.get_context(request)
    context |= {
        "contribution": contribution,
        "page_template": page.template,
        "is_author": contribution.author_id == me(request).pk,
        "pictures": contribution.files.filter(role=ContributionFile.Role.PICTURE, image=None),
    }
    return render(request, "toolbox/contribution/preview.html", context)


def furnish(page: Any, contribution: Contribution) -> None:
    """Give an unsaved page what every template reads: a place below its list, a title, a theme."""
    page.previewed = True
    page.title = page.title or str(contribution)
    if page.lead_theme_id is None:
        page.lead_theme = next(iter(themes().values()))
    if page.pk is None:
        rows = LISTS[contribution.kind].objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        above = rows.first()
        if above is not None:
            page.depth, page.path = above.depth + 1, f"{above.path}0000"
            page.slug, page.url_path = "apercu", f"{above.url_path}apercu/"
