"""A member’s own space: what awaits her, what she follows, what she is told."""
