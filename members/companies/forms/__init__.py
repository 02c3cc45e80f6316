"""Every input of the company's pages."""
