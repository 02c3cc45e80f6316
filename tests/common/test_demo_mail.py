"""The mail of the demonstration: everybody's there, safe to open, and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.mail import EmailMessage, send_mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from common.demo_mail import MAIL_POLICY, PER_PAGE, with_links_on_top
from common.mail import Letter, absolute, post
from common.models import OutboxMessage
from common.outbox import deliver_due
from config.settings import base

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree

FOLDER = "/demo/courriels/"
DEMO_URLS = pytest.mark.urls("tests.common.demo_urls")


@pytest.fixture
def demo(settings: Any, tree: Tree) -> None:
    settings.DEMO = True
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def write(to: str = "a@example.org", subject: str = "Votre code") -> OutboxMessage:
    letter = Letter(
        subject,
        ["Tapez-le."],
        "Vous ouvrez un compte.",
        code="482913",
        action=("Continuer", absolute("/compte/")),
    )
    post(letter, to, language="fr")
    return OutboxMessage.objects.latest("pk")


def path_of(row: OutboxMessage, end: str = "") -> str:
    return f"{FOLDER}{row.pk}/{end}"


# ---------------------------------------------------------------- nowhere else
@pytest.mark.parametrize("path", [FOLDER, "/en/demo/courriels/", f"{FOLDER}1/", f"{FOLDER}1/html/"])
def test_outside_the_demonstration_there_is_no_such_address(client: Client, tree: Tree, path: str) -> None:
    assert base.DEMO is False
    assert client.get(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail")


@DEMO_URLS
@pytest.mark.parametrize("end", ["", "{pk}/", "{pk}/html/"])
def test_and_were_there_one_it_would_show_nothing(client: Client, tree: Tree, end: str) -> None:
    row = write()
    assert client.get(FOLDER + end.format(pk=row.pk)).status_code == 404


# ---------------------------------------------------------------- the folder
@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_an_empty_folder_says_how_to_get_a_mail(client: Client) -> None:
    assert reverse("account_signup") in client.get(FOLDER).content.decode()


def subjects(response: Any) -> list[str]:
    return [row.subject for row, _state in response.context["listing"].items]


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_mails_are_listed_newest_first_whether_they_left_or_not(client: Client) -> None:
    write(subject="un")
    deliver_due()
    write(subject="deux")
    response = client.get(FOLDER)
    assert (subjects(response), response["Cache-Control"], response["X-Robots-Tag"]) == (
        ["deux", "un"],
        "private, no-store",
        "noindex",
    )


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_mails_are_found_by_recipient(client: Client) -> None:
    write(to="Anne+essai@example.org", subject="un")
    write(to="b@example.org", subject="deux")
    assert subjects(client.get(FOLDER, {"a": "anne+essai@"})) == ["un"]
    nothing = client.get(FOLDER, {"a": "<script>"}).content.decode()
    assert ("<script>" in nothing.split("<main")[1], "&lt;script&gt;" in nothing) == (False, True)


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_a_long_folder_has_pages(client: Client) -> None:
    for number in range(PER_PAGE + 1):
        send_mail(str(number), "Bonjour", None, ["a@example.org"])
    assert subjects(client.get(FOLDER, {"page": "2", "a": "a@"})) == ["0"]
    assert f"{FOLDER}?a=a%40&amp;page=2" in client.get(FOLDER, {"a": "a@"}).content.decode()


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_the_folder_asks_as_much_for_three_mails_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write()
    client.get(FOLDER)
    with django_assert_num_queries(2):
        client.get(FOLDER)
    write()
    write()
    with django_assert_num_queries(2):
        client.get(FOLDER)


# ---------------------------------------------------------------- one mail
@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_a_mail_shows_its_text_its_headers_and_its_state(client: Client) -> None:
    row = write()
    deliver_due()
    html = client.get(path_of(row)).content.decode()
    assert re.search(r"<dd>\s*Kept on this machine|<dd>\s*Gardé", html) is not None
    assert f'<a href="{absolute("/compte/")}"' in html
    assert "Auto-Submitted" in html
    assert f'src="{path_of(row, "html/")}"' in html


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_the_html_of_a_mail_can_do_nothing_but_be_read_and_followed() -> None:
    response = Client().get(path_of(write(), "html/"))
    assert response["Content-Security-Policy"] == MAIL_POLICY
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")
    assert '<head><base target="_top">' in response.content.decode()
    directives = dict(each.strip().partition(" ")[::2] for each in MAIL_POLICY.split(";"))
    assert (directives["default-src"], "script-src" in directives, "allow-scripts" in MAIL_POLICY) == (
        "'none'",
        False,
        False,
    )
    assert "allow-same-origin" not in MAIL_POLICY


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_a_mail_of_plain_text_is_shown_without_a_frame(client: Client) -> None:
    send_mail("Bonjour", "Un <b>texte</b> à lire.", None, ["a@example.org"])
    row = OutboxMessage.objects.get()
    html = client.get(path_of(row)).content.decode()
    assert ("<iframe" in html, "Un &lt;b&gt;texte&lt;/b&gt; à lire." in html) == (False, True)
    assert client.get(path_of(row, "html/")).status_code == 404


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_attached_files_are_named(client: Client) -> None:
    message = EmailMessage("Votre place", "À mardi.", None, ["a@example.org"])
    message.attach("atelier.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.send()
    assert "atelier.ics" in client.get(path_of(OutboxMessage.objects.get())).content.decode()


@DEMO_URLS
@pytest.mark.usefixtures("demo")
def test_nothing_is_changed_by_looking_and_nothing_can_be_posted(client: Client) -> None:
    row = write()
    assert client.post(path_of(row)).status_code == 405
    assert client.get(f"{FOLDER}999999/").status_code == 404


def test_links_leave_the_frame_even_without_a_head() -> None:
    assert with_links_on_top('<HEAD lang="fr"><title>x</title>') == (
        '<HEAD lang="fr"><base target="_top"><title>x</title>'
    )
    assert with_links_on_top("<p>x</p>") == '<base target="_top"><p>x</p>'
