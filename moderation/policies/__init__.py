"""Rules: who may do what, when. Each returns the reason why not, or None, and judges facts that are loaded."""
