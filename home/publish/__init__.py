"""Publishing in five minutes: one short form for a news item, a video or an event."""
