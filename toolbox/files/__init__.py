"""Versions, audiences, downloads and kits of tools (decision 20)."""
