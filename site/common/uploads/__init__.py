"""Files are looked at before they are kept (decision 20)."""
