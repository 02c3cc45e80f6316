"""One queue for all that waits for the team (decision 18)."""
