"""Joining: sign-up, sign-in, second factor, and what was tried before (decision 11)."""
