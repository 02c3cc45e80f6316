"""What belongs to people: consents, export, erasure, retention."""
