"""What every test of joining starts from."""

from __future__ import annotations

import pytest

from members.models import ConsentWording


@pytest.fixture(autouse=True)
def _terms(db: None) -> None:
    """There are terms to accept, even where a test that commits emptied the tables before."""
    ConsentWording.objects.get_or_create(
        purpose="terms",
        version="2026-11",
        defaults={"texts": {"fr": "J’accepte les conditions d’utilisation."}},
    )
