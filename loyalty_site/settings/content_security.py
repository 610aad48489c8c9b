"""What a page may load and run, as browsers are told it (Content-Security-Policy)."""

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

# The theme's scripts (Alpine) read small expressions from attributes, and elements have styles of their own. Pictures
# are drawn from `data:`, and from `blob:` before they are sent.
ADMIN_CONTENT_SECURITY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_EVAL],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "frame-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
# Everything else is JSON, CSV or a picture; what is a page nevertheless says itself what it needs.
CONTENT_SECURITY = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}
