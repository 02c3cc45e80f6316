"""From a path to a page in one look-up (decision 0007).

Wagtail's own router descends the tree with a query a level. Ours reads the page whose `url_path` is
the path asked for, then serves it through the same hooks. What it does not find (sub-routes of a
routable page) it leaves to Wagtail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction
from wagtail.views import serve as serve_by_tree
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from common.addresses import path_of, roots
from common.generation import per_generation
from common.known import fill

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@per_generation
def known_page(url_path: str) -> tuple[int, int] | None:
    """Id and content type of the live page at a tree path."""
    return Page.objects.filter(url_path=url_path, live=True).values_list("pk", "content_type_id").first()


@per_generation
def has_restrictions() -> bool:
    """Whether any page of the site is private."""
    return PageViewRestriction.objects.exists()


def find_page(language: str, path: str) -> Page | None:
    """The live page at `path` (without the language prefix), in its own class, or None."""
    root = roots().get(language)
    found = known_page(root.url_path + path) if root else None
    if found is None:
        return None
    model = ContentType.objects.get_for_id(found[1]).model_class()
    if model is None:
        return None
    to_serve = getattr(model, "to_serve", model._default_manager.all)
    page: Page | None = to_serve().filter(pk=found[0], live=True).order_by().first()
    if page is not None:
        fill(page)
        facts = getattr(page, "facts", None)
        for row in filter(None, (facts, getattr(facts, "organisation", None))):
            fill(row)
    return page


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at `path`, in the language of the request.

    A language that has no home page yet has no pages: the visitor is led to the French one.
    """
    language = get_language() or settings.LANGUAGE_CODE
    page = find_page(language, path)
    if page is None and language not in roots():
        french = find_page(settings.LANGUAGE_CODE, path)
        if french is None:
            raise Http404
        return HttpResponseRedirect(path_of(french))
    if page is None:
        return serve_by_tree(request, path)
    for check in hooks.get_hooks("before_serve_page"):
        answer = check(page, request, [], {})
        if answer is not None:
            return answer
    chain = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        if wrap is not check_view_restrictions or has_restrictions():
            chain = wrap(chain)
    return chain(page, request, [], {})
