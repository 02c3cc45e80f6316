"""Writing to the association: what is written is stored first, then mailed.

Nobody is refused by mistake: a message that looks like a robot's is asked for one more gesture, or
kept without being mailed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import logging
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from common.addresses import language_of, path_of
from common.generation import per_generation
from common.mail import Item, Letter, post
from common.mime import mailbox
from common.templatetags.french import clock
from common.traps import Stopwatch
from common.web.wayfinding import page_at

from .forms import ContactForm
from .models import ContactMessage, SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from .models import ContactPage

logger = logging.getLogger("atoutage.contact")

STOPWATCH = Stopwatch("contact.started")
SENT_SALT = "contact.sent"
# The parameters of the page's address.
SENT, SUBJECT = "envoye", "subject"
FASTEST_SECONDS = 4
MOST_AN_HOUR = 5
HOUR = 3600
TWICE_WITHIN = dt.timedelta(minutes=10)
PRIVACY = "donnees-personnelles/"


# ---------------------------------------------------------------- what tells a robot
def address_of(request: HttpRequest) -> str:
    """The visitor's IP address, behind as many proxies as the settings say; empty when unknown."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


def counter_of(address: str) -> str:
    """A counter's name from which the address cannot be found again."""
    words = f"contact\0{timezone.localdate()}\0{address}".encode()
    return f"contact:{hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:32]}"


def is_one_too_many(address: str) -> bool:
    """Count one more message from an address; true above the hourly limit.

    Nobody is refused because the address is unknown or the cache is away.
    """
    if not address:
        return False
    counter = counter_of(address)
    try:
        cache.add(counter, 0, HOUR)
        return cache.incr(counter) > MOST_AN_HOUR
    except Exception:  # whatever the cache's own errors are, a message matters more
        logger.warning("messages are not counted: the cache does not answer", exc_info=True)
        return False


# ---------------------------------------------------------------- taking a message
def association() -> SiteSettings:
    """What the site's settings say of the association."""
    return SiteSettings.objects.order_by("pk").first() or SiteSettings()


@per_generation
def sender() -> tuple[str, ...]:
    """Who writes our letters: name and postal address of the association."""
    row = association()
    return tuple(line for line in (row.association_name, *row.postal_address.splitlines()) if line.strip())


def contact_email(settings_row: SiteSettings) -> str:
    """Where messages go."""
    return settings_row.contact_email or settings.CONTACT_EMAIL


def letter(message: ContactMessage) -> Letter:
    """The message as the association receives it; answering it writes to the visitor."""
    subject, moment = message.get_subject_display(), timezone.localtime(message.created_at)
    facts = [
        Item(_("From: %(name)s") % {"name": message.name}, detail=message.email),
        Item(
            _("Received on %(date)s at %(time)s")
            % {"date": date_format(moment, "j F Y"), "time": clock(moment)},
            detail=_("Language of the page: %(language)s") % {"language": message.language},
        ),
    ]
    if message.organisation:
        facts.insert(1, Item(_("Company: %(organisation)s") % {"organisation": message.organisation}))
    return Letter(
        subject=f"{subject} – {message.name}",
        paragraphs=[message.message],
        items=facts,
        reason=_("Message left on the contact page. Answer this mail to write to its author."),
        reply_to=mailbox((message.name, message.email)),
    )


def mail(message: ContactMessage) -> None:
    """Put a message in the outbox, for the association, in French."""
    with override(settings.LANGUAGE_CODE):
        written = letter(message)
    post(written, contact_email(association()), language=settings.LANGUAGE_CODE)


def receive(message: ContactMessage) -> ContactMessage:
    """Store a message, then put its mail in the outbox, both or neither; return what is stored.

    The same words sent twice within ten minutes are one message. A suspicious one is not mailed.
    """
    same = ContactMessage.objects.filter(
        email=message.email,
        subject=message.subject,
        message=message.message,
        created_at__gt=timezone.now() - TWICE_WITHIN,
    ).first()
    if same is not None:
        return same
    with transaction.atomic():
        message.save()
        if not message.suspicious:
            mail(message)
    return message


# ---------------------------------------------------------------- the page
def initial_of(request: HttpRequest) -> dict[str, str]:
    """What is known already: the subject that a link proposes, and who is signed in."""
    asked = request.GET.get(SUBJECT, "")
    initial = {"subject": asked} if asked in ContactMessage.Subject.values else {}
    user = request.user
    if user.is_authenticated:
        initial |= {"name": user.get_full_name(), "email": user.email}
    return initial


def form_context(page: ContactPage, form: ContactForm) -> dict[str, Any]:
    """What the template needs to show a form."""
    posted = form.data.get("started", "")
    row = association()
    return {
        "form": form,
        "started": posted if STOPWATCH.seconds_since(posted) else STOPWATCH.start(),
        "confirming": form.is_bound and (form.fields["confirmed"].required or "confirmed" in form.data),
        "privacy": page_at(language_of(page), PRIVACY),
        "association": row,
        "contact_email": contact_email(row),
        "sent": None,
        "thanks": False,
    }


def blank_context(page: ContactPage, request: HttpRequest) -> dict[str, Any]:
    """A form that nobody has begun."""
    return form_context(page, ContactForm(initial=initial_of(request)))


def thanks_context(token: str) -> dict[str, Any]:
    """What was sent, for an hour and for who holds the token; plain thanks otherwise."""
    try:
        key = signing.loads(token, salt=SENT_SALT, max_age=HOUR)
    except signing.BadSignature:
        return {"sent": None, "thanks": True}
    return {"sent": ContactMessage.objects.filter(pk=key).first(), "thanks": True}


def submit(request: HttpRequest, form: ContactForm, language: str) -> ContactMessage | None:
    """Take a valid form; None when it must be shown again, with the reason in its errors."""
    message: ContactMessage = form.save(commit=False)
    message.language = language
    message.suspicious = bool(form.cleaned_data["website"])
    hurried = STOPWATCH.seconds_since(form.cleaned_data["started"]) < FASTEST_SECONDS
    if hurried and not message.suspicious and not form.cleaned_data["confirmed"]:
        form.ask_confirmation()
        return None
    if is_one_too_many(address_of(request)):
        form.add_error(
            None,
            ngettext(
                "You have just sent us %(count)d message. Wait an hour, or write to %(address)s.",
                "You have just sent us %(count)d messages. Wait an hour, or write to %(address)s.",
                MOST_AN_HOUR,
            )
            % {"count": MOST_AN_HOUR, "address": contact_email(association())},
        )
        return None
    return receive(message)


def serve_contact(page: ContactPage, request: HttpRequest) -> HttpResponseBase:
    """The contact page: a form, the same form with what is wrong, or what was sent. Never kept."""
    request.is_preview = False  # type: ignore[attr-defined]
    context = page.get_context(request)
    if request.method == "POST":
        form = ContactForm(request.POST)
        message = submit(request, form, language_of(page)) if form.is_valid() else None
        if message is not None:
            token = signing.dumps(message.pk, salt=SENT_SALT)
            return HttpResponseRedirect(f"{path_of(page)}?{SENT}={token}#envoye")
        context |= form_context(page, form)
    elif SENT in request.GET:
        context |= thanks_context(request.GET[SENT])
    response = TemplateResponse(request, page.get_template(request), context)
    response["Cache-Control"] = "private, no-store"
    return response
