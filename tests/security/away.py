"""Addresses that lead off the site, in the spellings that have fooled others, and how a browser would read an answer's."""

import re

from werkzeug.test import TestResponse

HOSTS = ("evil.example", "localhost@evil.example", "localhost.evil.example", "127.1", "[::1]", "evil。example", "0x7f000001")
FORMS = (
    "https://{}/", "http://{}", "//{}", "///{}", "////{}", "/\\{}", "\\\\{}", "\\/{}", "/%5c{}", "/%2f%2f{}", "/\t/{}", "/\n/{}", "/\r\n/{}", " //{}",
    "\x00//{}",
    "https:{}", "https:/{}", "HTTPS://{}", "javascript://{}/%0aalert(1)", "data:text/html,{}", "ftp://{}", "//{}%00", "/..//{}", "/.//{}", "/;@{}",
    "?next=//{}",
    "#//{}", "@{}", "／／{}", "/\u200b/{}", "/\u2028/{}", "http://localhost:80@{}/", "//localhost\\@{}", "/@{}/..", ".{}", "/%0d%0aLocation: //{}",
)  # fmt: skip
AWAY = [form.format(HOSTS[at % len(HOSTS)]) for at, form in enumerate(FORMS * 2)][:60] + [f"//{host}" for host in HOSTS]
LEADING = ("next", "back", "to", "url", "return", "address", "redirect", "continue", "from", "kind", "id")


def leads_away(answer: TestResponse) -> bool:
    """As a browser reads it: it drops tabs and line ends, and takes a backslash for a slash."""
    location = re.sub(r"[\t\r\n\x00]", "", answer.headers.get("Location", "/")).strip().replace("\\", "/")
    return location.startswith("//") or bool(re.match(r"[a-z][a-z0-9+.-]*:", location, re.IGNORECASE))
