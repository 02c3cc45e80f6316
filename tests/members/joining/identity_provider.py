"""An OpenID Connect provider in this process: real keys, real signatures, no network."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from environs import Env

from config.settings.providers import read_provider

SERVER = "https://connexion.example"
CLIENT_ID, SECRET = "atout-age", "un secret partagé"
KID = "cle-1"


class IdentityProvider:
    """Publishes itself, remembers the request that it was sent, answers with signed tokens.

    `claims` is who signs in; `identity` changes the identity token; `signed` chooses between userinfo
    as a signed token (ProConnect) and as JSON; `down` makes every call fail.
    """

    def __init__(self, **claims: Any) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {"sub": "personne-1", **claims}
        self.identity: dict[str, Any] = {}
        self.signing_key: Any = self.key
        self.algorithm = "RS256"
        self.signed = True
        self.down = False
        self.asked: dict[str, str] = {}
        self.posted: dict[str, str] = {}
        self.configuration: dict[str, Any] = {
            "issuer": SERVER,
            "authorization_endpoint": f"{SERVER}/authorize",
            "token_endpoint": f"{SERVER}/token",
            "userinfo_endpoint": f"{SERVER}/userinfo",
            "jwks_uri": f"{SERVER}/jwks",
            "end_session_endpoint": f"{SERVER}/session/end",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, claims: dict[str, Any]) -> str:
        now = int(time.time())
        body = {"iss": SERVER, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **claims}
        return jwt.encode(
            {name: value for name, value in body.items() if value is not None},
            self.signing_key,
            algorithm=self.algorithm,
            headers={"kid": KID},
        )

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def tokens(self) -> dict[str, Any]:
        identity = {"sub": self.claims["sub"], "nonce": self.asked.get("nonce"), **self.identity}
        return {
            "access_token": "jeton",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": self.token(identity),
        }

    def answer(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        """What `requests.Session.request` is replaced by."""
        if self.down:
            raise requests.ConnectionError(url)
        path = urlsplit(url).path
        if path == "/token":
            self.posted = dict(kwargs["data"])
            return respond(self.tokens())
        if path == "/userinfo":
            assert kwargs["headers"] == {"Authorization": "Bearer jeton"}
            if self.signed:
                return respond(self.token(self.claims), "application/jwt")
            return respond(self.claims)
        return respond(self.keys() if path == "/jwks" else self.configuration)

    @contextmanager
    def online(self) -> Iterator[None]:
        """Answer for as long as this lasts."""

        def request(_session: requests.Session, method: str, url: str, **kwargs: Any) -> requests.Response:
            return self.answer(method, url, **kwargs)

        with patch.object(requests.Session, "request", request):
            yield

    def receive(self, location: str) -> dict[str, str]:
        """The browser arrives: remember what was asked."""
        assert location.startswith(f"{SERVER}/authorize?")
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        return self.asked


def respond(body: Any, content_type: str = "application/json") -> requests.Response:
    response = requests.Response()
    response.status_code = 200
    response.headers["content-type"] = content_type
    response._content = (body if isinstance(body, str) else json.dumps(body)).encode()
    return response


def settings_of(kind: str) -> dict[str, Any]:
    """What the settings hold when the environment names this provider."""
    given = {
        "OIDC_PROVIDER_ID": "connexion",
        "OIDC_PROVIDER_NAME": "Connexion",
        "OIDC_PROVIDER_SERVER_URL": SERVER,
        "OIDC_PROVIDER_CLIENT_ID": CLIENT_ID,
        "OIDC_PROVIDER_CLIENT_SECRET": SECRET,
        "OIDC_PROVIDER_KIND": kind,
    }
    with patch.dict("os.environ", given):
        return read_provider(Env())[0]
