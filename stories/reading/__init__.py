"""All that the public reads of stories."""
