"""Pages of profiles, of the directory, and of messages."""
