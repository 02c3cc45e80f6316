"""Telling a practice or a tool, step by step (decision 17)."""
