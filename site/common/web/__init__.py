"""What machines read of the site: search engines, feed readers, shared links. And what stands where a page does not."""
