"""Comments, questions and thanks (decision 19)."""
