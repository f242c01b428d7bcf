"""The HTTP Observatory's rules: what its scanner would score an answer, rule by rule.

A hundred to begin with, less for what is missing, more for what is better than asked for; a hundred and more is A+.
After github.com/mdn/mdn-http-observatory, src/analyzer/tests and src/grader/charts.js, version 1.4.8, and
developer.mozilla.org/en-US/observatory/docs/tests_and_scoring. The scanner's most is 145. Ten of these a site like ours
doesn't get: five are for cookies with every flag set, and we set none; five for a name in the browsers' own list.
"""

import re

BEGINNING = 100
# What a site can have that sets no cookie and stands in no browser's list.
MOST = 135
HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(answer):
    return BEGINNING + sum(modifiers(answer).values())


def modifiers(answer):
    """Points by rule, for an answer over https: its `headers`, `cookies` and `text`."""
    policy = _policy(answer.headers)
    return {
        "content policy": _content_policy(policy),
        "cookies": -20 if answer.cookies else 0,
        "other origins": _other_origins(answer.headers),
        "referrer": _referrer(answer.headers),
        "https only": _https_only(answer.headers),
        "integrity": _integrity(answer.text),
        "content type": 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": _frames(policy, answer.headers),
        "resources": 10 if answer.headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
    }


def _content_policy(policy):
    if not policy:
        return -25
    script = policy.get("script-src", policy.get("default-src", ["*"]))
    style = policy.get("style-src", policy.get("default-src", ["*"]))
    if "'unsafe-inline'" in script or {"*", "https:", "http:", "data:"} & {*script, *policy.get("object-src", [])}:
        return -20
    if "'unsafe-eval'" in {*script, *style}:
        return -10
    if "'unsafe-inline'" in style:
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def _other_origins(headers):
    reads_all = headers.get("Access-Control-Allow-Origin") not in (None, "*")
    return -50 if reads_all and headers.get("Access-Control-Allow-Credentials") == "true" else 0


def _referrer(headers):
    told = headers.get("Referrer-Policy")
    return 0 if told is None else 5 if told in PRIVATE else -5


def _https_only(headers):
    told = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return -20 if told is None else 0 if int(told[1]) >= HALF_A_YEAR else -10


def _integrity(text):
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" in tag]
    if any(re.search(r'src="(?!/[^/])', tag) for tag in scripts):
        return -50
    return 5 if scripts and all("integrity=" in tag for tag in scripts) else 0


def _frames(policy, headers):
    if "frame-ancestors" in policy:
        return 5
    return 0 if headers.get("X-Frame-Options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def _policy(headers):
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: values for name, *values in parts}
