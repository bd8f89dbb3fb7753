"""Text that would run in a page which shows it carelessly; and how a page is looked over for anything that could run."""

from html.parser import HTMLParser
from itertools import product

HIT = "window.__hit=1"
OUT_OF = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</script>",
    "</title>",
    "</textarea>",
    "</style>",
    "-->",
    "]]>",
    "</option></select>",
    "`",
    "</a>",
    '\\">',
    "&quot;&gt;",
)
ELEMENTS = (
    f"<script>{HIT}</script>", f"<img src=x onerror={HIT}>", f"<svg onload={HIT}>", f"<svg><script>{HIT}</script></svg>", f"<iframe srcdoc='<script>{HIT}</script>'>",
    f"<a href=javascript:{HIT}>a</a>", f"<form action=javascript:{HIT}><button>", f"<math href=javascript:{HIT}>a", f"<style>@import 'javascript:{HIT}'</style>",
    f"<meta http-equiv=refresh content='0;url=javascript:{HIT}'>", "<base href=//evil.example/>", f"<body onload={HIT}>", f"<details open ontoggle={HIT}>",
    f"<input autofocus onfocus={HIT}>", f"<object data=javascript:{HIT}>", f"<svg><animate onbegin={HIT}>", f"<ScRiPt>{HIT}</sCrIpT>", f"<img/src='x'/onerror={HIT}>",
)  # fmt: skip
ATTRIBUTES = (
    f" onmouseover={HIT} ", f' autofocus onfocus="{HIT}" x="', f" style=background:url(javascript:{HIT}) ", f" hx-on:click={HIT} ", f" srcdoc='<script>{HIT}</script>' ",
)  # fmt: skip
ALONE = (
    f"javascript:{HIT}", f"JaVaScRiPt:{HIT}", f"java\tscript:{HIT}", f"&#106;avascript:{HIT}", f"data:text/html,<script>{HIT}</script>", f"{{{{constructor.constructor('{HIT}')()}}}}",
    f"<<script>{HIT}//<</script>", f"\\u003cscript\\u003e{HIT}\\u003c/script\\u003e", f"%3Cscript%3E{HIT}%3C/script%3E", f"＜script＞{HIT}＜/script＞", f"<scr\x00ipt>{HIT}</script>",
    f"<!--><script>{HIT}</script>", f"<![CDATA[<script>{HIT}</script>]]>", f"<noscript><p title='</noscript><img src=x onerror={HIT}>'>", f"<template><script>{HIT}</script></template>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={HIT}>", f"<svg></p><style><a title='</style><img src=x onerror={HIT}>'>", f"';{HIT}//", f'";{HIT}//', f"</script><script>{HIT}//",
    f'{{"a":"</script><script>{HIT}</script>"}}', f"[click](javascript:{HIT})", f"![a](x\" onerror=\"{HIT})", f"<http://a onmouseover={HIT}>", "&lt;script&gt;", "<", "\u2028", "<a", "<!--", "<x a='",
)  # fmt: skip
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "ping", "background", "cite", "hx-get", "hx-post", "hx-boost")
NEVER = frozenset({
    "iframe", "object", "embed", "base", "style", "frame", "frameset", "applet", "math", "foreignobject", "animate", "set", "marquee", "portal", "noscript-x", "xmp",
})  # fmt: skip


def stored() -> list[str]:
    """More than 300, each once; those that would swallow what follows come last."""
    found = [f"{out}{element}" for out, element in product(OUT_OF, ELEMENTS)] + [f"{out}{one}" for out, one in product(OUT_OF[1:3], ATTRIBUTES)]
    return [one for one in dict.fromkeys([*found, *ALONE]) if "\x00" not in one]


class Sinks(HTMLParser):
    """Collects what could run. Text and ordinary values may say anything: escaped, they are only read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in NEVER or (tag == "meta" and "http-equiv" in values) or (tag == "script" and not is_ours(values)):
            self.found.append(f"<{tag} {values}>")
        self.found += [f"{tag} {name}={value[:80]}" for name, value in values.items() if would_run(name, value)]


def is_ours(script: dict[str, str]) -> bool:
    return script.get("src", "").startswith("/static/") or script.get("type") in ("application/json", "application/ld+json")


def would_run(name: str, value: str) -> bool:
    if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") or not name.replace("-", "").replace(":", "").replace("_", "").isalnum():
        return True
    return name in ADDRESSES and not leads_inside(value)


def leads_inside(value: str) -> bool:
    address = "".join(char for char in value if char > " ").casefold()
    if address.startswith(("//", "/\\")):
        return False
    scheme = address.partition(":")[0] if ":" in address.partition("/")[0].partition("?")[0].partition("#")[0] else ""
    return scheme in ("", "mailto", "tel")


def sinks_of(page: str) -> list[str]:
    sinks = Sinks()
    sinks.feed(page)
    sinks.close()
    return sinks.found


IN_BROWSER = """
(page) => {
  const found = [], never = new Set(NEVER), addresses = new Set(ADDRESSES);
  const inside = (value) => {
    const address = value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
    if (/^[/\\\\]{2}/.test(address)) return false;
    const scheme = /^([a-z][a-z0-9+.-]*):/.exec(address);
    return !scheme || ['mailto', 'tel'].includes(scheme[1]);
  };
  for (const one of new DOMParser().parseFromString(page, 'text/html').querySelectorAll('*')) {
    const tag = one.localName, kind = one.getAttribute('type') || '';
    const ours = (one.getAttribute('src') || '').startsWith('/static/') || /^application\\/(ld\\+)?json$/.test(kind);
    if (never.has(tag) || (tag === 'meta' && one.hasAttribute('http-equiv')) || (tag === 'script' && !ours)) found.push('<' + tag + '>');
    if (tag === 'script' && /json/.test(kind)) { try { JSON.parse(one.textContent) } catch { found.push('broken island: ' + one.textContent.slice(0, 80)) } }
    for (const {name, value} of one.attributes)
      if (/^(on|hx-on)/.test(name) || name === 'style' || name === 'srcdoc' || (addresses.has(name) && !inside(value)))
        found.push(tag + ' ' + name + '=' + value.slice(0, 80));
  }
  return found;
}
""".replace("NEVER", str(sorted(NEVER))).replace("ADDRESSES", str(sorted(ADDRESSES)))
"""The same rules over what a real browser's parser makes of a page; nothing runs there."""
