"""Our own full text over live stories: the same words, the same answers on either store."""
