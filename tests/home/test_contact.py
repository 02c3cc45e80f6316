"""Writing to the association."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from common.models import OutboxMessage
from home import contact
from home.models import ContactMessage, SiteSettings
from tests.factories.pages import ContactPageFactory
from tests.factories.shared import UserFactory

if TYPE_CHECKING:
    from tests.factories.site import Tree

WORDS = {
    "subject": "practice",
    "name": "Responsable des ressources humaines",
    "email": "rh@entreprise.example",
    "organisation": "Une entreprise",
    "message": "Nous avons formé quatorze binômes et nous aimerions le raconter.",
}


@pytest.fixture
def page(tree: Tree) -> Any:
    return ContactPageFactory(parent=tree.home, slug="contact")


def written(seconds: int = 60, **changes: str) -> dict[str, str]:
    """A filled form that was opened some seconds ago."""
    opened = contact.STOPWATCH.signer.sign(str(int(time.time()) - seconds))
    return {**WORDS, "started": opened, **changes}


def mailed() -> Any:
    """The one mail in the outbox, as it will leave."""
    return message_from_bytes(bytes(OutboxMessage.objects.get().source), policy=policy.SMTP)


def test_the_form_is_never_kept(client: Client, page: Any) -> None:
    response = client.get("/contact/")
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_a_link_may_choose_the_subject(client: Client, page: Any) -> None:
    form = client.get("/contact/?subject=charter").context["form"]
    assert form["subject"].value() == "charter"


def test_a_subject_that_does_not_exist_is_ignored(client: Client, page: Any) -> None:
    assert client.get("/contact/?subject=%3Cscript%3E").context["form"]["subject"].value() is None


def test_who_is_signed_in_need_not_say_it_again(client: Client, page: Any) -> None:
    client.force_login(UserFactory(email="rh@entreprise.example", first_name="Une", last_name="Tutrice"))
    form = client.get("/contact/").context["form"]
    assert (form["name"].value(), form["email"].value()) == ("Une Tutrice", "rh@entreprise.example")


def test_a_message_is_stored_then_mailed(client: Client, page: Any) -> None:
    SiteSettings.objects.create(contact_email="bonjour@association.example")
    client.post("/contact/", written())
    message = ContactMessage.objects.get()
    stored = {name: getattr(message, name) for name in WORDS}
    assert (stored, message.language, message.suspicious) == (WORDS, "fr", False)
    source = mailed()
    assert (source["To"], source["Reply-To"]) == (
        "bonjour@association.example",
        "Responsable des ressources humaines <rh@entreprise.example>",
    )
    assert WORDS["message"] in source.get_body(("html",)).get_content()


def test_what_was_sent_is_shown_to_who_sent_it(client: Client, page: Any) -> None:
    response = client.post("/contact/", written())
    assert response["Location"].startswith("/contact/?envoye=")
    thanks = client.get(response["Location"])
    assert thanks.context["sent"] == ContactMessage.objects.get()
    assert (WORDS["message"] in thanks.content.decode(), thanks["Cache-Control"]) == (
        True,
        "private, no-store",
    )


def test_what_was_sent_is_shown_for_an_hour(client: Client, page: Any) -> None:
    location = client.post("/contact/", written())["Location"]
    with time_machine.travel(time.time() + 3700):
        thanks = client.get(location)
    assert (thanks.context["thanks"], thanks.context["sent"]) == (True, None)


def test_a_forged_token_shows_nothing(client: Client, page: Any) -> None:
    assert client.get("/contact/?envoye=1").context["sent"] is None


def test_a_refused_form_comes_back_filled_in(client: Client, page: Any) -> None:
    response = client.post("/contact/", written(email="rh@entreprise"))
    form = response.context["form"]
    assert ContactMessage.objects.count() == 0
    assert {name: form[name].value() for name in WORDS} == {**WORDS, "email": "rh@entreprise"}
    html = response.content.decode()
    assert re.findall(r'<a href="#(\w+)">', html.split('id="errors"')[1].split("</div>")[0]) == ["id_email"]
    field = re.search(r"<input[^>]*name=\"email\"[^>]*>", html)
    assert field is not None
    assert 'aria-describedby="id_email_helptext id_email_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]


def test_the_trap_is_invisible_to_everybody_but_robots(client: Client, page: Any) -> None:
    html = client.get("/contact/").content.decode()
    trap = html.split('<div class="trap" aria-hidden="true">')[1].split("</div>")[0]
    assert ('tabindex="-1"' in trap, 'autocomplete="off"' in trap) == (True, True)


def test_a_message_from_the_trap_is_kept_and_not_mailed(client: Client, page: Any) -> None:
    response = client.post("/contact/", written(website="https://spam.example"))
    assert response["Location"].startswith("/contact/?envoye=")
    assert [message.suspicious for message in ContactMessage.objects.all()] == [True]
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize("started", ["", "forged", "1:forged", None])
def test_a_message_written_too_fast_is_asked_for_one_more_gesture(
    client: Client, page: Any, started: str | None
) -> None:
    fast = written(seconds=1) if started is None else written(started=started)
    again = client.post("/contact/", fast)
    assert (again.context["confirming"], ContactMessage.objects.count()) == (True, 0)
    assert again.context["form"]["message"].value() == WORDS["message"]
    client.post("/contact/", {**fast, "confirmed": "on"})
    assert [message.suspicious for message in ContactMessage.objects.all()] == [False]


def test_the_same_message_sent_twice_is_one_message(client: Client, page: Any) -> None:
    client.post("/contact/", written())
    client.post("/contact/", written())
    assert (ContactMessage.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_the_sixth_message_of_an_hour_waits(client: Client, page: Any) -> None:
    for number in range(5):
        client.post("/contact/", written(message=f"Message numéro {number}"))
    response = client.post("/contact/", written(message="Encore un"))
    assert ContactMessage.objects.count() == 5
    assert response.context["form"]["message"].value() == "Encore un"
    assert len(response.context["form"].non_field_errors()) == 1


def test_the_address_of_a_visitor_is_not_kept(client: Client, page: Any) -> None:
    client.post("/contact/", written(), REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in contact.counter_of("203.0.113.7")
    assert cache.get(contact.counter_of("203.0.113.7")) == 1


def test_a_message_is_taken_while_the_cache_is_away(
    client: Client, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any) -> None:
        raise ConnectionError("no answer")

    monkeypatch.setattr(cache, "add", away)
    client.post("/contact/", written())
    assert ContactMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Pirate\r\nBcc: tous@example.org", "rh@entreprise.example"),
        ('Nom, "avec" des <signes>', "rh@entreprise.example"),
        ("Élodie\u2028Œuvre", "rh@éntreprise.example"),
    ],
)
def test_a_name_cannot_add_a_header(client: Client, page: Any, name: str, email: str) -> None:
    client.post("/contact/", written(name=name, email=email))
    source = mailed()
    assert (source["Bcc"], len(source["Reply-To"].addresses)) == (None, 1)


def test_a_form_without_its_token_says_how_not_to_lose_anything(page: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/contact/", written())
    assert (response.status_code, response.templates[0].name) == (403, "403_csrf.html")
    assert 'href="/contact/"' in response.content.decode()
