"""Details that can be told by their shape alone, or by their shape beside a word such as "ref"."""
