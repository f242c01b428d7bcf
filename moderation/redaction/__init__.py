"""Taking out of a text what could identify somebody, and the check that two readers answer."""
