"""Rows that anybody may take: exports, API, embedded lists (decision 23)."""
