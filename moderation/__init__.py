"""The work of trusted people, inside Wagtail's admin.

The deeds stand here, one module each, under their own names: `claims`, `working_copies`, `agreements`, `publishing` …
Who may do one, and when, stands in `deeds` and `policies`. Each folder is what the deeds stand on: `safekeeping`
(the vault), `people`, `lists`, `risk`, `redacting`, `conversation`, `personal`, `log`. `reading` is the only one that
opens an account.
"""
