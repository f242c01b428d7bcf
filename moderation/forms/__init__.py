"""The forms of the moderators; what they check is shape, while rules stand in `policies`."""
