"""What a request passes on its way in and out."""
