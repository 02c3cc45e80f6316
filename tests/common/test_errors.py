"""What stands where a page does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import translation

from common.models import GoneAddress
from common.web import errors
from tests.factories.pages import ContactPageFactory, SiteMapPageFactory
from tests.factories.shared import ThemeFactory, UserFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree


def broken(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("broken on purpose")


def test_an_unknown_address_leads_on(client: Client, tree: Tree) -> None:
    ContactPageFactory(parent=tree.home, title="Contact", slug="contact")
    SiteMapPageFactory(parent=tree.home, title="Plan du site", slug="plan-du-site")
    theme = ThemeFactory(slug="tutorat")
    response = client.get("/nulle-part/")
    html = response.content.decode()
    assert response.status_code == 404
    links = ('action="/recherche/"', f"/bonnes-pratiques/?theme={theme.slug}", "/plan-du-site/", "/contact/")
    assert [link for link in links if link not in html] == []
    assert ('<meta name="robots" content="noindex">' in html, "canonical" in html) == (True, False)


@pytest.mark.parametrize("address", ["/nulle-part/", "/nulle-part.php", "/en/nowhere/"])
def test_an_unknown_address_is_a_404_before_there_is_any_page(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_was_removed_on_purpose_says_so(client: Client, tree: Tree) -> None:
    GoneAddress.objects.create(path="/actualites/ancienne/", title="Une <ancienne> nouvelle")
    response = client.get("/actualites/ancienne/")
    assert response.status_code == 410
    assert "Une &lt;ancienne&gt; nouvelle" in response.content.decode()


def test_a_refusal_says_who_one_is_signed_in_as(client: Client, tree: Tree) -> None:
    client.force_login(UserFactory(email="rh@entreprise.example"))
    response = client.get("/admin/")
    assert (response.status_code, response["Cache-Control"]) == (403, "private, no-store")
    assert "rh@entreprise.example" in response.content.decode()


def test_a_refusal_tells_a_stranger_to_sign_in(tree: Tree) -> None:
    request = RequestFactory().get("/espace/secret/")
    request.user = AnonymousUser()
    response = errors.forbidden(request, exception=PermissionDenied())
    assert "?next=/espace/secret/" in response.content.decode()


def test_a_failure_of_ours_is_a_500(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.routing.roots", broken)
    response = Client(raise_request_exception=False).get("/en/")
    assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
    assert '<html lang="en">' in response.content.decode()


@pytest.mark.parametrize(("language", "home"), [("fr", "/"), ("en", "/en/")])
def test_a_failure_of_ours_asks_nothing_of_the_database(
    db: None, language: str, home: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with translation.override(language), django_assert_num_queries(0):
        html = errors.server_error(RequestFactory().get("/")).content.decode()
    assert (f'<html lang="{language}">' in html, f'<a class="button" href="{home}">' in html) == (True, True)


def test_a_failure_is_answered_even_without_templates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert (response.status_code, "l’accueil" in response.content.decode()) == (500, True)


def test_a_failure_is_answered_even_without_static_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> str:
        raise ValueError("not in the manifest")

    monkeypatch.setattr(errors, "static", missing)
    response = errors.server_error(RequestFactory().get("/"))
    assert (response.status_code, "stylesheet" in response.content.decode()) == (500, False)


def test_a_host_that_is_not_ours_is_a_bad_request(db: None) -> None:
    response = Client().get("/", headers={"host": "pirate.example"})
    assert (response.status_code, response["Cache-Control"]) == (400, "no-store")
