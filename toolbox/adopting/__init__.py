"""“We did it too”, and whether it still holds (decision 21)."""
