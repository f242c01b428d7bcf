"""Open data: the same stories and figures as on the pages, to take away as files."""
