"""Whole anonymous pages, kept in each process's memory and right at every moment (decision 0008)."""
