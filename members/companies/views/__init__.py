"""The company's pages: form, verb, answer."""
