"""The figures of the published stories, and those of the answers that people let us count."""
