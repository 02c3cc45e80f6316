"""Members and organisations as staff see them."""
