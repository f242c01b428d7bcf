"""Who is in the team: coming by invitation, the second step at the log-in, and leaving."""
