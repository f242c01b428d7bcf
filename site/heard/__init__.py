"""The Django project: settings, addresses, headers, the page cache, limits and what is logged."""
