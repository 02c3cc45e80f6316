"""One's hand: in the space of a member, or in the browser of anybody else.

Whoever is not signed in gets the same empty page; the script of the page asks for the cards by the keys that the
browser holds. Nothing of it is written down here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.addresses import section
from members.companies.refusals import Refusal
from members.joining import intents
from members.people.gate import me, unkept
from members.people.visibility import is_member
from members.space.views import own_page, safe_next

from . import hands
from .cards import Card, cards_for
from .forms import MergeForm, NoteForm, ShareForm, WordsForm
from .keys import MOST, is_key, read_keys

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User
    from toolbox.models import Hand

REMOVED = "hand_removed"


def account(request: HttpRequest) -> User | None:
    """The member who asks; None for a visitor, and for whoever did not verify her address yet."""
    return me(request) if is_member(request.user) else None


def cards_of(hand: Hand, *, whole: bool = False) -> list[Card]:
    """The cards of a stored hand, with their notes."""
    if not hand.pk:
        return []
    notes = {hands.key_of(item): item.note for item in hands.items_of(hand)}
    return cards_for(notes, notes, whole=whole)


# ---------------------------------------------------------------- the page
@unkept
@require_safe
def show_hand(request: HttpRequest) -> HttpResponse:
    """What one keeps."""
    user = account(request)
    if user is None:
        return render(request, "toolbox/finding/local_hand.html", {"most": MOST, **invitations()})
    hand = hands.hand_of(user)
    context = {
        "hand": hand,
        "cards": cards_of(hand),
        "removed": request.session.pop(REMOVED, None),
        "words_form": WordsForm(initial={"title": hand.title, "words": hand.words}),
        "share_form": ShareForm(initial={"notes": hand.share_notes, "name": hand.share_name}),
        **invitations(),
    }
    return render(request, "toolbox/finding/hand.html", context)


def invitations() -> dict[str, str]:
    """Where cards are found."""
    return {"practices": section("bonnes-pratiques"), "tools": section("boite-a-outils")}


@unkept
@require_safe
def draw_cards(request: HttpRequest) -> HttpResponse:
    """The rows of some cards, for the script of a hand that a browser keeps."""
    cards = cards_for(read_keys(request.GET.get("c", "")))
    return render(request, "toolbox/finding/local_cards.html", {"cards": cards})


@unkept
@require_safe
def tell_state(request: HttpRequest) -> HttpResponse:
    """What is in the hand of an account, and the token that changes it; for the script of every page."""
    user = account(request)
    if user is None:
        return JsonResponse({"account": False})
    return JsonResponse({"account": True, "keys": hands.keys_of(user), "token": get_token(request)})


# ---------------------------------------------------------------- keeping
def came_from(request: HttpRequest) -> str:
    """The page of this site where “Keep” was pressed; the hand when that is not known."""
    referer = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()})
    return safe_next(request, referer if here else reverse("hand"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a card, or keep it no longer. A visitor without a script is asked to sign in; her wish waits."""
    key = request.POST.get("carte", request.GET.get("carte", ""))
    card = cards_for([key])[0] if is_key(key) else None
    back = came_from(request)
    if card is None or (card.page is None and request.POST.get("verbe") != "remettre"):
        raise Http404
    user = account(request)
    if request.method != "POST":
        kept = user is not None and key in hands.keys_of(user)
        return render(request, "toolbox/finding/keep.html", {"card": card, "kept": kept, "next": back})
    if user is None:
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_email"))
        return intents.remember(request, "keep", {"key": key}, then=back)
    return kept_or_not(request, user, key, back)


def kept_or_not(request: HttpRequest, user: User, key: str, back: str) -> HttpResponse:
    """Do it, and say it: to a script in JSON, else on the page one comes from."""
    try:
        if request.POST.get("verbe") == "remettre":
            hands.put_back(user, key)
            said = _("Put back.")
        else:
            hands.keep(user, key)
            said = _("Kept in your hand.")
    except Refusal as refusal:
        if wants_json(request):
            return JsonResponse({"refused": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("hand"))
    if wants_json(request):
        return JsonResponse({"keys": hands.keys_of(user)})
    messages.success(request, said)
    return HttpResponseRedirect(back)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return request.headers.get("Accept") == "application/json"


@own_page
@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Take in what this browser kept while nobody was signed in."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": _("This hand cannot be read.")}, status=400)
    told: dict[str, Any] = form.cleaned_data["hand"]
    hands.merge(me(request), told["cards"], told["title"], told["words"])
    return JsonResponse({"keys": hands.keys_of(me(request))})


# ---------------------------------------------------------------- ordering and writing
@own_page
@require_POST
def change_card(request: HttpRequest, key: str) -> HttpResponse:
    """Move a card, write beside it, or put it back."""
    if not is_key(key):
        raise Http404
    user, verb = me(request), request.POST.get("verbe", "")
    anchor = f"#carte-{key}"
    if verb == "remettre":
        removed = hands.put_back(user, key)
        if removed is not None:
            request.session[REMOVED] = {"key": key, "note": removed.note, "position": removed.position}
        anchor = "#main"
    elif verb in ("monter", "descendre"):
        hands.move(user, key, -1 if verb == "monter" else 1)
    else:
        form = NoteForm(request.POST)
        if not form.is_valid() or not hands.annotate(user, key, form.cleaned_data["note"]):
            return HttpResponse(_("This note could not be kept."), status=409)
        if request.htmx:  # type: ignore[attr-defined]  # django-htmx
            return HttpResponse(_("Note saved."))
    return HttpResponseRedirect(reverse("hand") + ("" if request.htmx else anchor))  # type: ignore[attr-defined]


@own_page
@require_POST
def take_again(request: HttpRequest) -> HttpResponse:
    """Undo the putting back of a card: where it was, with its note."""
    key, place = request.POST.get("carte", ""), request.POST.get("place", "")
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        hands.keep(me(request), key, note, int(place) if place.isdigit() and len(place) < 3 else None)  # noqa: PLR2004
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("hand"))
    return HttpResponseRedirect(f"{reverse('hand')}#carte-{key}")


@own_page
@require_POST
def reword(request: HttpRequest) -> HttpResponse:
    """The title and the introduction."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("This is too long to be kept."), status=409)
    hands.reword(me(request), form.cleaned_data["title"], form.cleaned_data["words"])
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return HttpResponse(_("Saved."))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("hand"))


@own_page
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Share the hand by an address, or take the address back."""
    if request.POST.get("verbe") == "reprendre":
        hands.stop_sharing(me(request))
        messages.success(request, _("The address leads nowhere any more."))
        return HttpResponseRedirect(f"{reverse('hand')}#partage")
    form = ShareForm(request.POST)
    form.is_valid()
    chosen = form.cleaned_data
    hands.share(me(request), notes=bool(chosen.get("notes")), name=bool(chosen.get("name")))
    messages.success(request, _("Whoever has the address reads your hand."))
    return HttpResponseRedirect(f"{reverse('hand')}#partage")
