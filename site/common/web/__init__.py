"""What machines read of the site (search engines, feeds, shared links), and the error pages."""
