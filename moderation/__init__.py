"""The work of trusted people, inside Wagtail's admin.

The deeds stand here, one module each: `claims`, `working_copies`, `agreements`, `publishing` … Who may do one, and
when, stands in `team.permissions` and `policies`. `reading` is the only one that opens an account.
"""
