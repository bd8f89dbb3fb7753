"""What is photographed: each page once for each role that sees it differently."""

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """The width and the language of a picture."""

    WIDE = "zh-1280"
    PHONE = "zh-360"
    ENGLISH = "en-1280"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page for several readers: the first of them is also taken in the second look. `press` is pressed first; `path` names subjects in braces."""

    name: str
    path: str
    readers: tuple[str, ...] = ("guest",)
    second: Look = Look.PHONE
    press: str = ""
    status: int = 200


EVERYBODY = ("guest", "worker", "lead", "user", "association", "officer", "administrator")
OWN = EVERYBODY[1:]
READERS = ("guest", "user", "lead", "officer")
SEND = "main form[method=post] button[data-save]"

SHOTS = (
    Shot("home", "/", EVERYBODY),
    Shot("search", "/search?q=防爆锂离子电池", ("guest", "user")),
    Shot("search-narrowed", "/search?q=电池&kind=achievement&in_use=yes", ("guest",), Look.ENGLISH),
    Shot("search-all", "/search", ("guest", "officer")),
    Shot("search-workers", "/search?kind=worker", ("user",)),
    Shot("search-empty", "/search?q=水下考古机器人&kind=achievement"),
    Shot("achievement", "/achievements/{achievement}", READERS),
    Shot("achievement-english", "/achievements/{achievement}", ("administrator",), Look.ENGLISH),
    Shot("achievement-draft", "/achievements/{draft}", ("maker_of_draft",)),
    Shot("achievement-submitted", "/achievements/{submitted}", ("reviewer",)),
    Shot("achievement-returned", "/achievements/{returned}", ("maker_of_returned",)),
    Shot("achievement-withdrawn", "/achievements/{withdrawn}", ("maker_of_withdrawn",)),
    Shot("achievement-versions", "/achievements/{revised}/versions/2", ("maker_of_revised",)),
    Shot("achievement-new", "/achievements/new", ("lead", "worker")),
    Shot("achievement-new-errors", "/achievements/new", ("lead",), Look.ENGLISH, press=SEND),
    Shot("achievement-edit", "/achievements/{returned}/edit", ("maker_of_returned",)),
    Shot("listing", "/listings/{listing}", READERS),
    Shot("listing-new", "/listings/new", ("lead",)),
    Shot("listing-new-errors", "/listings/new", ("lead",), Look.ENGLISH, press=SEND),
    Shot("need", "/needs/{need}", ("guest", "poster", "lead", "officer")),
    Shot("need-matches", "/needs/{need}/matches", ("poster",)),
    Shot("need-confidential", "/needs/{confidential}", ("guest", "poster_of_confidential"), Look.ENGLISH),
    Shot("need-anonymous", "/needs/{anonymous}", ("guest",)),
    Shot("needs", "/needs", ("guest", "user")),
    Shot("need-new", "/needs/new", ("user",)),
    Shot("need-new-errors", "/needs/new", ("user",), Look.ENGLISH, press=SEND),
    Shot("patent", "/patents/{patent}", ("guest", "officer")),
    Shot("patent-new", "/patents/new", ("lead",)),
    Shot("patent-new-errors", "/patents/new", ("lead",), Look.ENGLISH, press=SEND),
    Shot("studios", "/studios", ("guest",)),
    Shot("studio", "/studios/{studio}", ("guest", "lead", "officer")),
    Shot("studio-edit", "/studios/{studio}/edit", ("lead",)),
    Shot("association", "/associations/{association}", ("guest", "association")),
    Shot("association-edit", "/associations/{association}/edit", ("association",)),
    Shot("enterprise", "/enterprises/{enterprise}", ("guest", "user", "officer")),
    Shot("enterprise-edit", "/enterprises/{enterprise}/edit", ("user",)),
    Shot("worker", "/workers/{worker}", ("worker", "user", "officer")),
    Shot("worker-edit", "/workers/{worker}/edit", ("worker",)),
    Shot("organisation", "/organisations/{organisation}", ("guest", "officer")),
    Shot("network-start", "/network/"),
    Shot("network", "/network/achievement/{achievement}?steps=2", ("user", "guest")),
    Shot("network-worker", "/network/worker/{worker}", ("officer",), Look.ENGLISH),
    Shot("network-table", "/network/studio/{studio}?view=table", ("user",)),
    Shot("my", "/my", OWN),
    Shot("reviews", "/reviews", ("reviewer",)),
    Shot("reviews-english", "/reviews?tab=returned", ("reviewer",), Look.ENGLISH),
    Shot("reviews-empty", "/reviews?tab=overdue&kind=patent", ("officer",)),
    Shot("report", "/reviews/report?kind=achievement&id={achievement}", ("user",)),
    Shot("notices", "/notices", ("lead", "worker")),
    Shot("enquiry-new", "/enquiries/new?kind=achievement&id={achievement}", ("user",)),
    Shot("enquiry", "/enquiries/{enquiry}", ("asker", "answerer")),
    Shot("imports", "/imports", ("officer",)),
    Shot("accounts", "/accounts", ("administrator",)),
    Shot("account", "/accounts/{account}", ("administrator",), Look.ENGLISH),
    Shot("sign-in", "/sign-in"),
    Shot("sign-in-errors", "/sign-in", ("guest",), Look.ENGLISH, press="main form button[type=submit]"),
    Shot("password", "/account/password", ("worker",)),
    Shot("help", "/help"),
    Shot("privacy", "/privacy"),
    Shot("accessibility", "/accessibility"),
    Shot("not-found", "/achievements/CG-2026-00123", status=404),
    Shot("not-for-you", "/reviews", ("worker",), status=403),
    Shot("large-print", "/search?q=电池&large=1"),
)
"""Large print comes last: a window keeps the choice."""
