from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image as Pixels
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from common.models import Image
from common.slugs import french_slug
from events.models import EventPage
from home.models import NewsPage, VideoPage
from home.publish.uploads import FOLDER
from tests.factories.shared import CommuneFactory, ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import member_of_staff, messages_of, sign_in, texts
from tests.home.films import mp4, upload

SRT = b"1\n00:00:01,000 --> 00:00:03,000\nBonjour.\n"
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nBonjour.\n"


@pytest.fixture
def editor(client: StrictClient, tree: Tree) -> StrictClient:
    sign_in(client)
    return client


def draftail(html: str) -> str:
    return str(ContentstateConverter(features=["bold"]).from_database_format(html))


def news_answers(**changes: Any) -> dict[str, Any]:
    answers = {
        "title": "L’œuvre d’une vie",
        "summary": "Un tourneur raconte quarante ans de métier.",
        "text": draftail("<p>Il est resté deux ans de plus.</p>"),
        "published_on": "2026-03-12",
        "publish": "1",
    }
    return {**answers, **changes}


def video_answers(**changes: Any) -> dict[str, Any]:
    answers = {
        "title": "Le tour raconté",
        "summary": "Un tourneur montre son geste.",
        "transcript": "Bonjour.",
        "lead_theme": ThemeFactory().pk,
        "publish": "1",
    }
    return {**answers, **changes}


def event_answers(**changes: Any) -> dict[str, Any]:
    answers = {
        "title": "Préparer un départ",
        "summary": "Trois heures pour repartir avec un plan.",
        "format": "workshop",
        "lead_theme": ThemeFactory().pk,
        "starts_at": "2030-03-12T09:00",
        "ends_at": "2030-03-12T12:00",
        "publish": "1",
    }
    return {**answers, **changes}


def errors_of(html: str) -> list[str]:
    return texts(html, "error-message")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’œuvre d’une vie", "l-oeuvre-d-une-vie"),
        ("Égalité : où en est-on ?", "egalite-ou-en-est-on"),
        ("…", "page"),
    ],
)
def test_an_address_keeps_the_words_of_its_title_apart(title: str, slug: str) -> None:
    assert french_slug(title) == slug


def test_a_news_item_is_on_line_at_once(editor: StrictClient) -> None:
    response = editor.post(reverse("publish_news"), news_answers(), follow=True)
    page = NewsPage.objects.get()
    assert (page.live, page.slug, page.published_on) == (True, "l-oeuvre-d-une-vie", dt.date(2026, 3, 12))
    assert [(block.block_type, strip_tags(block.value.source)) for block in page.body] == [
        ("text", "Il est resté deux ans de plus.")
    ]
    assert messages_of(response.content.decode()) == ["“L’œuvre d’une vie” is on line."]


def test_what_was_published_can_be_seen_from_the_message(editor: StrictClient) -> None:
    response = editor.post(reverse("publish_news"), news_answers(), follow=True)
    assert f'href="/{NewsPage.objects.get().url_path.split("/", 2)[2]}"' in response.content.decode()


def test_two_pages_of_one_title_have_two_addresses(editor: StrictClient) -> None:
    for _time in range(2):
        editor.post(reverse("publish_news"), news_answers())
    slugs = NewsPage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["l-oeuvre-d-une-vie", "l-oeuvre-d-une-vie-2"]


def test_a_draft_needs_little_more_than_a_title(editor: StrictClient) -> None:
    answers = {"title": "À finir", "published_on": "2026-03-12", "draft": "1"}
    response = editor.post(reverse("publish_news"), answers, follow=True)
    page = NewsPage.objects.get()
    assert (page.live, page.has_unpublished_changes) == (False, True)
    assert messages_of(response.content.decode()) == ["“À finir” is kept as a draft."]


def test_a_picture_comes_with_what_it_shows(editor: StrictClient) -> None:
    file = io.BytesIO()
    Pixels.new("RGB", (20, 10)).save(file, "PNG")
    picture = SimpleUploadedFile("a.png", file.getvalue(), "image/png")
    editor.post(reverse("publish_news"), news_answers(picture=picture, picture_text="Un tour."))
    image = NewsPage.objects.get().picture
    assert image is not None
    assert (image.description, image.width) == ("Un tour.", 20)


def test_a_film_brings_its_duration_its_captions_and_a_poster(editor: StrictClient) -> None:
    theme = ThemeFactory(family="prendre-soin")
    files = {"film": upload(mp4(95)), "captions": upload(SRT, "a.srt")}
    editor.post(reverse("publish_video"), video_answers(lead_theme=theme.pk, **files))
    page = VideoPage.objects.get()
    assert page.facts is not None
    assert (page.live, page.duration, page.facts.duration) == (True, 95, 95)
    with page.captions.open() as captions:
        assert captions.read().decode() == VTT
    assert page.poster is not None
    assert (page.poster.title, page.poster.width, page.poster.height) == ("Poster: Take care", 1280, 720)


def test_one_drawn_poster_serves_a_whole_family(editor: StrictClient) -> None:
    for address in ("https://a.example.org/1", "https://a.example.org/2"):
        editor.post(reverse("publish_video"), video_answers(address=address))
    assert Image.objects.count() == 1


def test_a_refused_form_gives_back_words_and_film(editor: StrictClient) -> None:
    answers = video_answers(summary="", film=upload(mp4()), captions=upload(b"Bonjour", "a.vtt"))
    response = editor.post(reverse("publish_video"), answers)
    form = response.context["form"]
    assert set(form.errors) == {"summary", "captions"}
    assert form["title"].value() == "Le tour raconté"
    assert VideoPage.objects.count() == 0

    again = video_answers(**{"film-kept": form.fields["film"].widget.token})
    editor.post(reverse("publish_video"), again)
    assert VideoPage.objects.get().duration == 95
    assert default_storage.listdir(f"private/{FOLDER}")[1] == []


def test_a_forged_token_brings_nothing_back(editor: StrictClient) -> None:
    response = editor.post(
        reverse("publish_video"), video_answers(**{"film-kept": "private/originals/a.mp4"})
    )
    assert errors_of(response.content.decode()) == ["Give a file or an address, one of the two."]


def test_a_video_is_a_file_or_an_address_not_both(editor: StrictClient) -> None:
    answers = video_answers(film=upload(mp4()), address="https://a.example.org/1")
    response = editor.post(reverse("publish_video"), answers)
    assert response.context["form"].errors == {"address": ["Give a file or an address, one of the two."]}


def test_an_event_without_a_place_is_on_line(editor: StrictClient) -> None:
    editor.post(reverse("publish_event"), event_answers())
    page = EventPage.objects.get()
    assert page.facts is not None
    assert (page.live, page.online, page.facts.online) == (True, True, True)
    assert timezone.localtime(page.starts_at).hour == 9


def test_an_event_has_a_commune_when_it_has_a_place(editor: StrictClient) -> None:
    response = editor.post(reverse("publish_event"), event_answers(place="Maison de l’emploi"))
    assert response.context["form"].errors == {
        "commune": ["Which commune is this place in? Meetings are counted by commune."]
    }
    commune = CommuneFactory()
    editor.post(reverse("publish_event"), event_answers(place="Maison de l’emploi", commune=commune.pk))
    assert EventPage.objects.get().commune == commune


def test_an_event_does_not_end_before_it_starts(editor: StrictClient) -> None:
    response = editor.post(reverse("publish_event"), event_answers(ends_at="2030-03-12T08:00"))
    assert response.context["form"].errors == {"ends_at": ["It ends before it starts."]}


def test_who_may_not_publish_may_only_keep_drafts(client: StrictClient, tree: Tree) -> None:
    sign_in(client, member_of_staff(page=tree.news, actions=["add"]))
    client.post(reverse("publish_news"), news_answers())
    assert NewsPage.objects.count() == 0
    answers = news_answers(draft="1")
    del answers["publish"]
    client.post(reverse("publish_news"), answers)
    assert NewsPage.objects.get().live is False


def test_who_may_not_add_sees_no_form(client: StrictClient, tree: Tree) -> None:
    sign_in(client, member_of_staff(page=tree.news, actions=["add"]))
    response = client.get(reverse("publish_video"), follow=True)
    assert response.redirect_chain == [("/admin/", 302)]


@pytest.mark.django_db
def test_without_a_list_to_hang_it_on_a_page_waits(client: StrictClient) -> None:
    sign_in(client)
    response = client.get(reverse("publish_news"), follow=True)
    assert messages_of(response.content.decode()) == [
        "First create the page “News”: what you publish goes below it."
    ]


@pytest.mark.parametrize("name", ["publish_news", "publish_video", "publish_event"])
def test_a_short_form_is_short(editor: StrictClient, name: str) -> None:
    fields = editor.get(reverse(name)).context["form"].fields
    assert 5 <= len(fields) <= 8
