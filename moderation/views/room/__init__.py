"""One submission on one screen, and each thing that can be done there."""
