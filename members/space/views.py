"""The pages of one's own space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import listing
from members.joining import intents
from members.models import Followed, Kind, Notification, Rhythm
from members.people.gate import members_only

from . import following, rhythms, unsubscribing
from .activity import last_visit
from .choosing import theme_choices
from .forms import LanguageForm, OneRhythmForm, RhythmsForm
from .home import home_of
from .notification import mark_read
from .unread import unread_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User

    View = Callable[..., HttpResponseBase]

    class MemberRequest(HttpRequest):
        """A request behind `own_page`: somebody is signed in."""

        user: User


PER_PAGE = 20


def own_page(view: View) -> View:
    """A page of somebody's own: signed in, with a verified address, and kept by nobody."""
    return never_cache(members_only(view))


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Where to go after an action: a path of this site, or the fallback."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if here and asked.startswith("/") else fallback


@own_page
@require_safe
def show_home(request: MemberRequest) -> HttpResponse:
    """The first page."""
    home = home_of(request.user, last_visit(request), get_language() or "")
    context = {"home": home, "themes": theme_choices(home.follows) if home.is_newcomer else []}
    return render(request, "members/space/home.html", context)


# ---------------------------------------------------------------- what one follows
@own_page
@require_safe
def show_following(request: MemberRequest) -> HttpResponse:
    """What is followed, and the themes that could be."""
    follows = following.followed_by(request.user)
    others = following.describe({each for each in follows if each[0] != Followed.THEME})
    context = {
        "themes": theme_choices(follows),
        "groups": [
            (followable.label, [one for one in others if one.kind == kind])
            for kind, followable in following.in_order()
            if any(one.kind == kind for one in others)
        ],
        "rhythm": Rhythm(rhythms.rhythm_of(request.user, Kind.FOLLOW)),
    }
    return render(request, "members/space/following.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_or_stop(request: HttpRequest) -> HttpResponse:
    """Follow something, or follow it no longer. A visitor's wish is kept until she has signed in."""
    asked = request.POST.get("change") or ":".join(
        ["follow", request.GET.get("kind", ""), request.GET.get("target", "")]
    )
    verb, _colon, rest = asked.partition(":")
    kind, _colon, target = rest.partition(":")
    try:
        subject = following.subject_of(kind, target)
    except following.NotFollowableError as error:
        if verb != "stop" or not request.user.is_authenticated:
            raise Http404 from error
        subject = following.Subject(target, "")
    if request.method != "POST":
        context = {"subject": subject, "kind": kind, "target": target, "next": safe_next(request, "")}
        return render(request, "members/space/follow.html", context)
    then = safe_next(request, reverse("space_following"))
    if not request.user.is_authenticated:
        return intents.remember(request, "follow", {"kind": kind, "target": target}, then=then)
    if verb == "stop":
        following.stop_following(request.user, kind, target)
    else:
        following.follow(request.user, kind, target)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return changed_fragment(request, request.user, kind, target)
    return HttpResponseRedirect(then + anchor_of(request, kind, target))


def anchor_of(request: HttpRequest, kind: str, target: str) -> str:
    """Where on the page the control stands that was used, so that one comes back to it."""
    anchors = {"themes": f"#theme-{target}", "button": f"#follow-{kind}"}
    return anchors.get(request.POST.get("shape", ""), "")


def changed_fragment(request: HttpRequest, user: User, kind: str, target: str) -> HttpResponse:
    """The control that was used, as it is now."""
    if request.POST.get("shape") == "themes":
        themes = theme_choices(following.followed_by(user))
        context = {"themes": themes, "next": safe_next(request, "")}
        return render(request, "members/space/theme_choices.html", context)
    context = {"kind": kind, "target": target, "next": safe_next(request, "")}
    return render(request, "members/space/follow_button.html", context)


# ---------------------------------------------------------------- what one was told
@own_page
@require_safe
def list_notifications(request: MemberRequest) -> HttpResponse:
    """Everything that one was told, the latest first."""
    shown = listing.build(
        Notification.objects.filter(user=request.user).order_by("-created_at", "-pk"),
        (),
        request.GET,
        path=reverse("space_notifications"),
        per_page=PER_PAGE,
        present=list,
    )
    context = {"listing": shown, "waiting": unread_for(request)}
    return render(request, "members/space/notifications.html", context)


@own_page
@require_safe
def open_notification(request: MemberRequest) -> HttpResponse:
    """Go to what a notification tells, and mark it as read. Only to what this person was told of."""
    url = request.GET.get("vers", "")
    if not url or "\0" in url or not Notification.objects.filter(user=request.user, url=url).exists():
        raise Http404
    mark_read(request.user, url=url)
    return HttpResponseRedirect(url)


@own_page
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark everything as read."""
    if mark_read(request.user):
        messages.success(request, gettext("Everything is marked as read."))
    return HttpResponseRedirect(reverse("space_notifications"))


# ---------------------------------------------------------------- settings
@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def choose_rhythms(request: MemberRequest) -> HttpResponse:
    """How often one wants mail, kind by kind; beside it the language and the ways to the account."""
    form = RhythmsForm(request.POST or None, rhythms=rhythms.rhythms_of(request.user))
    if request.method == "POST" and form.is_valid():
        rhythms.choose(request.user, form.cleaned_data)
        messages.success(request, gettext("Your choices are saved."))
        return HttpResponseRedirect(reverse("space_settings"))
    language = LanguageForm(initial={"language": request.user.language})
    return render(request, "members/space/settings.html", {"form": form, "language_form": language})


@own_page
@require_POST
def choose_language(request: MemberRequest) -> HttpResponse:
    """The language of letters; the space is shown in it at once."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("space_settings"))
    request.user.language = form.cleaned_data["language"]
    request.user.save(update_fields=["language"])
    with override(request.user.language):
        messages.success(request, gettext("We write to you in this language from now on."))
        return HttpResponseRedirect(reverse("space_settings"))


# ---------------------------------------------------------------- from a letter, without signing in
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop letters, or have them less often. Looking changes nothing; a POST does (RFC 8058)."""
    try:
        user, kinds = unsubscribing.read_token(token)
    except unsubscribing.BadTokenError:
        return render(request, "members/space/unsubscribe_unknown.html", status=404)
    form = OneRhythmForm(request.POST or None)
    changed = request.method == "POST" and form.is_valid()
    if changed:
        unsubscribing.change(user, kinds, form.chosen())
    chosen = rhythms.rhythms_of(user)
    context: dict[str, Any] = {
        "changed": changed,
        "kinds": [(Kind(kind).label, Rhythm(chosen[kind]).label) for kind in kinds],
        "stopped": all(chosen[kind] == Rhythm.NEVER for kind in kinds),
        "weekly": all(chosen[kind] == Rhythm.WEEKLY for kind in kinds),
        "rhythms": Rhythm,
    }
    return render(request, "members/space/unsubscribe.html", context)
