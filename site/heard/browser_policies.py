"""What a browser may do on a page of ours, as the headers say it: where things may come from, and which features."""

_own = ["'self'"]
_nothing = ["'none'"]
PUBLIC_CONTENT = {
    "default-src": _nothing,
    "script-src": _own,
    "style-src": _own,
    "img-src": _own,
    "font-src": _own,
    "connect-src": _own,
    "form-action": _own,
    "base-uri": _nothing,
    "frame-ancestors": _nothing,
}
# The admin loads nothing from elsewhere either; Wagtail sets styles in its markup, and shows pictures from memory.
ADMIN_CONTENT = {
    "default-src": _own,
    "script-src": _own,
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "base-uri": _nothing,
    "object-src": _nothing,
    "frame-ancestors": _own,
}
# Wagtail's date fields and choosers start by a script in the page (measured, 7.4). It may stand on the editors'
# screens alone: wherever an account's words are shown, no script in the page runs.
_screens = ("pages", "snippets", "settings", "redirects", "reports", "workflows", "users", "groups", "sites")
ADMIN_INLINE_SCRIPTS = tuple(f"/admin/{screen}/" for screen in _screens)
# Everything that browsers in use know by this name; one that they don't know is a warning on every page.
_FEATURES = (
    "accelerometer autoplay browsing-topics camera clipboard-read clipboard-write compute-pressure "
    "cross-origin-isolated display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid "
    "identity-credentials-get idle-detection interest-cohort keyboard-map local-fonts magnetometer microphone midi "
    "otp-credentials payment picture-in-picture private-state-token-issuance private-state-token-redemption "
    "publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb "
    "window-management xr-spatial-tracking"
)
PUBLIC_FEATURES: dict[str, str | list[str] | tuple[str]] = {feature: [] for feature in _FEATURES.split()}
# The editor copies addresses for people, and a second factor may be a key.
_admin_features = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
ADMIN_FEATURES = PUBLIC_FEATURES | {feature: ["self"] for feature in _admin_features}
