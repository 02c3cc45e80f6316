"""Names of rows that addresses may show."""

from __future__ import annotations

from django.utils.crypto import get_random_string

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12


def new_public_id() -> str:
    """Twelve characters that nobody guesses (59 bits), and that can be read aloud: no 0/o, 1/l/i."""
    return get_random_string(LENGTH, ALPHABET)
