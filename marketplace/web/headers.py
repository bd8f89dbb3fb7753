"""Strict headers on every answer, errors and redirects too. No inline script or style anywhere, so the policy has no exception."""

from flask import Flask, Response, request

POLICY = "; ".join((
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install_headers(app: Flask, *, https: bool) -> None:
    def strict(response: Response) -> Response:
        response.headers.update(HEADERS)
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not request.path.startswith("/static/") or response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        if response.location:
            response.location = without_host(response.location)
        return response

    app.after_request(strict)


def without_host(location: str) -> str:
    """What leads to this site leads there without naming it: the name in a request is the sender's word."""
    inner = location.removeprefix(request.host_url)
    return location if inner == location else "/" + inner.lstrip("/")
