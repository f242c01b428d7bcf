"""Passages of stories in pages, and the pages that quote one."""
