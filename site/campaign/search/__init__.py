"""Site search: one box over pages, the law, asks, forces, help, and lists of stories. What is typed is kept nowhere."""
