"""Profiles, the directory, and getting in touch."""
