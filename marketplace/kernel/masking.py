"""Personal numbers as a notice or a page may show them: enough to recognise one's own, too little to use it (DOMAIN, identity numbers)."""

STARS = "*"


def masked(text: str, head: int, tail: int) -> str:
    """The first and the last characters; what is too short for that is hidden whole."""
    if len(text) <= head + tail:
        return STARS * len(text)
    return text[:head] + STARS * (len(text) - head - tail) + text[len(text) - tail :]


def masked_identity(number: str) -> str:
    """110105********123X"""
    return masked(number, 6, 4)


def masked_phone(number: str) -> str:
    """138****5678"""
    return masked(number, 3, 4)


def masked_account(number: str) -> str:
    """The last four digits, as a bank's own letters do."""
    return masked(number, 0, 4)


def masked_certificate(number: str) -> str:
    return masked(number, 2, 4)
