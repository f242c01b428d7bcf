"""Who may do what, when: each rule returns the reason why not, or None, and judges facts that are loaded."""
