"""The life of submissions and stories: what reading, figures and intake share."""
