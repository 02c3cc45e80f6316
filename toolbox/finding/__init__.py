"""Saved searches and what one keeps in hand (decision 22)."""
