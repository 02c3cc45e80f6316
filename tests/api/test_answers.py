"""What every answer of the API promises: methods, validators, limits, errors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from common import generation
from common.open_data import answering
from common.open_data.limits import Limit
from tests.factories.site import Tree

PRACTICES = "/api/v1/practices"


def problem_of(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == response.status_code
    return told


def test_an_answer_is_for_everybody_and_sets_nothing(client: Client, site: Tree) -> None:
    response = client.get(PRACTICES, headers={"Origin": "https://partenaire.example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


def test_what_did_not_change_is_not_sent_again(
    client: Client, site: Tree, django_assert_num_queries: Any
) -> None:
    tag = client.get(PRACTICES)["ETag"]
    with django_assert_num_queries(0):
        again = client.get(PRACTICES, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get(f"{PRACTICES}?page=2", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(PRACTICES, headers={"If-None-Match": "*"}).status_code == 304
    generation.bump()
    assert client.get(PRACTICES, headers={"If-None-Match": tag}).status_code == 200


def test_what_is_found_has_a_validator_of_its_own_bytes(client: Client, site: Tree) -> None:
    """Entries are written without a new generation."""
    tag = client.get("/api/v1/search?q=Binômes")["ETag"]
    generation.bump()
    assert client.get("/api/v1/search?q=Binômes", headers={"If-None-Match": tag}).status_code == 304


def test_head_says_what_get_would(client: Client, site: Tree) -> None:
    whole, head = client.get(PRACTICES), client.head(PRACTICES)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_a_preflight_is_answered(client: Client, site: Tree) -> None:
    response = client.options(PRACTICES)
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_it(site: Tree, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(PRACTICES)
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert problem_of(response)["title"] == "Method Not Allowed"


def test_one_request_too_many_waits(client: Client, site: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (answering.limit.most, answering.limit.seconds) == (300, 300)
    monkeypatch.setattr(answering.limit, "most", 30)
    assert [client.get("/api/v1/nothing").status_code for _number in range(30)] == [404] * 30
    refused = client.get(PRACTICES)
    assert problem_of(refused)["status"] == 429
    assert 0 < int(refused["Retry-After"]) <= 301
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert client.get(PRACTICES, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_processes_share_what_they_counted(rf: Any) -> None:
    mine, other = (Limit("shared", 50, 300) for _process in range(2))
    for _number in range(40):
        assert mine.wait(rf.get("/")) == 0
    waits = [other.wait(rf.get("/")) for _number in range(20)]
    assert waits[:10] == [0] * 10
    assert waits[-1] > 0


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("utm_source=x", ["utm_source"]),
        ("theme=nothing&effort=light&size=huge", ["theme", "size"]),
        ("page=0", ["page"]),
        ("page=1.0", ["page"]),
        ("page=99999999999999999999999999", ["page"]),
        ("per_page=101", ["per_page"]),
        ("per_page=١", ["per_page"]),
        ("page=1&page=2", ["page"]),
        ("language=de", ["language"]),
        ("theme=%00", ["theme"]),
        ("theme=", ["theme"]),
        ("th%C3%A8me=a", ["thème"]),
    ],
)
def test_a_refusal_says_which_parameter(
    client: Client, site: Tree, query: str, parameters: list[str]
) -> None:
    response = client.get(f"{PRACTICES}?{query}")
    assert [error["parameter"] for error in problem_of(response)["errors"]] == parameters
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/", 200),
        ("/api/v1/practices/", 404),
        ("/api/v1/practices/nothing", 404),
        ("/api/v1/practices/%00", 404),
        ("/api/v1/practices/a%2Fb", 404),
        ("/api/v1/practices/été", 422),
        ("/api/v1/nothing/at/all", 404),
        ("/api/v1/search?q=%00%F0%9F%83%8F", 200),
        ("/api/v1/search?q=%22", 200),
        ("/api/v1/search?page=100000", 200),
        ("/api/v1/practices?page=100000", 200),
    ],
)
def test_odd_addresses_are_answered(client: Client, site: Tree, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_what_breaks_is_told_as_a_problem(
    client: Client, site: Tree, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("common.open_data.api.as_data", lambda *_arguments: 1 / 0)
    assert problem_of(client.get(PRACTICES))["title"] == "Internal Server Error"
    assert "the API broke" in caplog.text
