"""Pages of the exchanges: writing, changing, reporting, thanking, and the list of one's own."""
