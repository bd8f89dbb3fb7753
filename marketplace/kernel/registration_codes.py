"""Code lists of the registration of technology contracts, as the register words them: data beside this file, no constants."""

import json
from functools import cache
from importlib.resources import files

from stdnum import numdb
from stdnum.cn import uscc

from graph.schema import Words

DISTRICT = "110105"
"""GB/T 2260: where the district's own parties sit unless somebody says otherwise."""


@cache
def codes() -> dict[str, dict[str, Words]]:
    """List → code → words; the order is the register's."""
    read = json.loads((files("marketplace.kernel") / "registration_codes.json").read_text("utf-8"))
    return {name: {code: Words(en, zh) for code, zh, en in rows} for name, rows in read.items()}


def chinese(name: str, code: str) -> str:
    """The register's own word for a code; empty for one it does not know."""
    found = codes()[name].get(code)
    return found.zh if found else ""


def is_region(code: str) -> bool:
    """GB/T 2260: six digits of a county or district that there is."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()) or code.endswith("00"):
        return False
    found = numdb.get("cn/loc").info(code)
    return len(found) == 2 and "province" in found[0][1] and bool(found[1][1])


def is_credit_code(code: str) -> bool:
    """GB 32100, with its check character."""
    return bool(uscc.is_valid(code))
