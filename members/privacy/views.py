"""One's own data: seen, copied, corrected, agreed to, erased. Every page is private and never kept."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from common.registries import personal_data
from members.companies.refusals import Refusal
from members.models import ConsentWording, DataExport, DataRequest, Erasure

from . import consents, emails, erasure, exports, handover, overview, reading, register, retention
from .forms import AskForm, EraseForm
from .sections import traces

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from members.models import User

# Path words are French in every language; a language without pages leads to these.
PRIVACY_PAGE = "/donnees-personnelles/"
CONTACT_PAGE = "/contact/"
ROWS = 50
HISTORY = 10
REQUESTS = 20
GONE = 410


def person(request: HttpRequest) -> User:
    """Who is signed in; `login_required` saw to it."""
    return cast("User", request.user)


@require_safe
@login_required
@never_cache
def show_data(request: HttpRequest) -> HttpResponse:
    """What the site knows of me, and what I can do about it."""
    user = person(request)
    history = [
        (entry.timestamp, traces.in_words(entry), traces.by_whom(entry, user))
        for entry in traces.about(user)[:HISTORY]
    ]
    context = {
        "sections": overview.known(user),
        "corrections": overview.corrections(),
        "export": exports.current(user),
        "to_renew": consents.to_renew(user),
        "consents": consents.of(user),
        "requests": user.data_requests.order_by("-received_at", "-pk")[:REQUESTS],
        "history": history,
        "retention": retention.TABLE,
        "privacy_page": PRIVACY_PAGE,
    }
    return render(request, "members/privacy/data.html", context)


@require_safe
@login_required
@never_cache
def show_section(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of one section as the copy would hold them; the first ones, when there are many."""
    data = next((one for one in personal_data if one.key == key), None)
    if data is None:
        raise Http404
    rows = list(islice(data.export(person(request)), ROWS + 1))
    labels = reading.labels_of(data)
    shown = [reading.entries(row, labels) for row in rows[:ROWS]]
    context = {"section": data, "rows": shown, "more": len(rows) > ROWS}
    return render(request, "members/privacy/section.html", context)


# ---------------------------------------------------------------- copies
@login_required
@reauthentication_required
def ask_export(request: HttpRequest) -> HttpResponse:
    """Ask for a copy; the password or the passkey was given a moment ago."""
    if request.method == "POST":
        try:
            exports.ask(person(request))
        except exports.TooManyExportsError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your copy is being prepared. A letter tells you when it is ready."))
    return redirect("space_data")


@require_safe
@login_required
@reauthentication_required
@never_cache
def download_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Lead to the file, whose name nobody guesses; its folder's guard looks again who asks."""
    mine = DataExport.objects.filter(user=person(request), state=DataExport.State.READY)
    export = get_object_or_404(mine, public_id=public_id)
    return HttpResponseRedirect(default_storage.url(export.file))


# ---------------------------------------------------------------- agreements
@require_POST
@login_required
def agree(request: HttpRequest, purpose: str) -> HttpResponse:
    """Agree to the words in force, in the language they were read in."""
    try:
        wording = consents.wording_in_force(purpose)
    except ConsentWording.DoesNotExist as error:
        raise Http404 from error
    if request.POST.get("version") == wording.version:
        consents.give(person(request), purpose, get_language() or "fr")
        messages.success(request, _("Your agreement is noted."))
    else:
        messages.error(request, _("The words have changed meanwhile: read the new ones below."))
    return redirect("space_data")


@require_POST
@login_required
def withdraw_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Take an agreement back."""
    if purpose not in consents.WITHDRAWABLE:
        raise Http404
    consents.withdraw(person(request), purpose)
    messages.success(request, _("Your agreement is taken back, and what it allowed has stopped."))
    return redirect("space_data")


# ---------------------------------------------------------------- asking the association
@login_required
@never_cache
def ask_association(request: HttpRequest) -> HttpResponse:
    """A request that a person answers, within a month."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = register.receive(
                form.cleaned_data["kind"], user=person(request), details=form.cleaned_data["details"]
            )
        except register.RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Your request is noted. You will have an answer by %(date)s at the latest.")
            messages.success(request, told % {"date": emails.day(row.due_on)})
            return redirect("space_data")
    return render(request, "members/privacy/ask.html", {"form": form})


@require_POST
@login_required
def take_request_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """I no longer want an answer."""
    row = get_object_or_404(DataRequest, public_id=public_id, user=person(request))
    try:
        register.take_back(row)
    except register.RegisterError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("space_data")


# ---------------------------------------------------------------- erasing
@sensitive_post_parameters()
@login_required
@never_cache
def erase_account(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then the choice, typed out and re-authenticated."""
    user = person(request)
    handovers = handover.handovers(user)
    form = EraseForm(request.POST or None, email=user.email, handovers=handovers)
    if request.method == "POST" and form.is_valid():
        return close_account(request, form)
    context: dict[str, Any] = {
        "form": form,
        "sections": overview.known(user),
        "stays": erasure.what_stays(user, contributions_stay=True),
        "last_administrator": erasure.is_last_administrator(user),
        "grace": retention.ERASURE_GRACE,
    }
    return render(request, "members/privacy/erase.html", context)


@reauthentication_required
def close_account(request: HttpRequest, form: EraseForm) -> HttpResponse:
    """Close the account and sign out."""
    try:
        erasure.ask(person(request), contributions_stay=form.contributions_stay, successors=form.successors)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("erase_account")
    logout(request)
    return redirect("account_closed")


@require_safe
def show_closed(request: HttpRequest) -> HttpResponse:
    """What happens next, for somebody who has just been signed out."""
    return render(request, "members/privacy/closed.html", {"grace": retention.ERASURE_GRACE})


@never_cache
def keep_account(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: a page with one button, since programs follow links by themselves."""
    try:
        pending: Erasure = erasure.erasure_of(token)
        if request.method == "POST":
            erasure.cancel(pending)
            messages.success(request, _("Your account is kept. You can sign in."))
            return redirect("account_login")
    except erasure.LinkOverError:
        over = {"pending": None, "contact_page": CONTACT_PAGE}
        return render(request, "members/privacy/keep.html", over, status=GONE)
    return render(request, "members/privacy/keep.html", {"pending": pending})
