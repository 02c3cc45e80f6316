"""The links by which one answers without signing in.

A link is an authenticated code made with the site's secret from what is asked about and when, so that
a reminder can hold the same one; the database keeps its hash alone. 256 bits: nobody guesses one, and
whoever reads the database makes none.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from toolbox.models import Rereading

SALT = "toolbox.rereading"


def token_for(row: Rereading) -> str:
    """The token of a question, as it stands in its link: 43 characters."""
    about = f"practice:{row.practice_id}" if row.practice_id else f"tool:{row.tool_id}"
    moment = row.sent_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    digest = salted_hmac(SALT, f"{about}:{moment}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()
