"""Details told by the words around them: names, towns, schools and workplaces."""
