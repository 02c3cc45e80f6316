"""What becomes of a contribution once it is sent (decisions 17 and 18)."""
