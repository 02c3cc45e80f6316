"""Practices and tools brought in by file (decision 23)."""
