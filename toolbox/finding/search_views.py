"""Saved searches, and the list as a company like one's own would filter it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.companies.refusals import Refusal
from members.joining import intents
from members.models import Followed, Kind, Membership, Rhythm
from members.people.gate import me, members_only
from members.people.visibility import is_member
from members.space import following, rhythms
from members.space.views import own_page
from toolbox.models import SavedFilter

from . import searches
from .forms import RenameForm, SearchForm
from .matching import NOT_YET
from .queries import Search, read_search

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import Organisation, User


# ---------------------------------------------------------------- a company like mine
def company_of(user: User) -> Organisation | None:
    """The company that she belongs to, the one she proved to act for first."""
    rows = Membership.objects.current().filter(user=user).select_related("organisation")
    found = sorted(rows.order_by("joined_at", "pk"), key=lambda row: row.confirmed_at is None)
    return found[0].organisation if found else None


@members_only
@require_safe
def like_mine(request: HttpRequest) -> HttpResponse:
    """The list with the sector and the size of one's own company, and the other filters as they are."""
    search = asked_search(request)
    company = company_of(me(request))
    if company is None:
        messages.info(request, _("Say first which company you work for: we filter by its sector and size."))
        return HttpResponseRedirect(reverse("company_mine"))
    known = {"sector": company.sector, "size": str(company.size or "")}
    chosen = {name: values for name, values in search.chosen.items() if name not in known}
    mine = {name: [value] for name, value in known.items() if value}
    if not mine:
        messages.info(request, _("Your company’s page says neither its sector nor its size yet."))
        return HttpResponseRedirect(reverse("company_home", args=[company.slug]))
    return HttpResponseRedirect(Search(search.list, {**chosen, **mine}).url)


def asked_search(request: HttpRequest) -> Search:
    """The list and the known filters of an address; 404 for another list."""
    search = read_search(request.GET.get("liste", ""), request.GET)
    if search is None:
        raise Http404
    return search


# ---------------------------------------------------------------- saving
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """Save the filters of a list. A visitor's wish is kept until she has signed in."""
    search = asked_search(request)
    form = SearchForm(request.POST or None, initial={"name": search.name[: searches.NAME], "followed": True})
    refused = ""
    if request.method == "POST" and form.is_valid():
        name, followed = form.cleaned_data["name"], form.cleaned_data["followed"]
        if not is_member(request.user):
            if request.user.is_authenticated:
                return HttpResponseRedirect(reverse("account_email"))
            wish = {"list": search.list.name, "query": search.query, "name": name, "followed": followed}
            return intents.remember(request, "save_filter", wish, then=reverse("saved_searches"))
        try:
            row = searches.save(me(request), search, name, followed=followed)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": row.name})
            return HttpResponseRedirect(reverse("saved_searches"))
    context = {
        "search": search,
        "form": form,
        "refused": refused,
        "not_yet": bool(NOT_YET & set(search.chosen)),
    }
    return render(request, "toolbox/finding/save_search.html", context, status=409 if refused else 200)


# ---------------------------------------------------------------- one's own
@own_page
@require_safe
def list_searches(request: HttpRequest) -> HttpResponse:
    """What one saved, by name."""
    user = me(request)
    followed = searches.followed_digests(user)
    rows: list[dict[str, Any]] = []
    for row in SavedFilter.objects.filter(user=user).order_by("name", "pk"):
        search = read_search(row.listing, row.query)
        if search is not None:
            rows.append({"row": row, "search": search, "followed": row.digest in followed})
    rhythm = Rhythm(rhythms.rhythm_of(user, Kind.FOLLOW))
    context = {
        "rows": rows,
        "rhythm": rhythm,
        "renaming": request.GET.get("renommer", ""),
        "most": searches.MOST,
    }
    return render(request, "toolbox/finding/searches.html", context)


@own_page
@require_POST
def change_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rename a saved search, delete it, follow it or no longer."""
    user = me(request)
    row = get_object_or_404(SavedFilter, public_id=public_id, user=user)
    verb = request.POST.get("verbe", "")
    if verb == "supprimer":
        searches.delete(row)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": row.name})
    elif verb == "suivre":
        following.follow(user, Followed.FILTER, row.digest)
    elif verb == "cesser":
        following.stop_following(user, Followed.FILTER, row.digest)
    else:
        form = RenameForm(request.POST)
        if form.is_valid():
            searches.rename(row, form.cleaned_data["name"])
            messages.success(request, _("The search has its new name."))
        else:
            messages.error(request, " ".join(map(str, form.errors["name"])))
    return HttpResponseRedirect(reverse("saved_searches"))
