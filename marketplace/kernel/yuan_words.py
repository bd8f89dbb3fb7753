"""Amounts in the capital numerals of contracts and cheques, which nobody changes with a stroke of the pen."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def yuan_words(fen: int) -> str:
    """28600050 → '人民币贰拾捌万陆仟元伍角整'; whole yuan end with 整. Raises ValueError for a negative amount."""
    if fen < 0:
        raise ValueError(fen)
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{said}整"
    tenth = f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    hundredth = f"{DIGITS[cents]}分" if cents else "整"
    return f"人民币{said}{tenth}{hundredth}"


def _whole(yuan: int) -> str:
    """Groups of four digits; a gap within is one 零."""
    if yuan == 0:
        return DIGITS[0]
    said, gap = "", False
    for at in range((len(str(yuan)) - 1) // 4, -1, -1):
        group = yuan // 10_000**at % 10_000
        if group == 0:
            gap = gap or bool(said)
            continue
        if said and (gap or group < 1_000):
            said += DIGITS[0]
        said, gap = said + _group(group) + GROUPS[at], False
    return said


def _group(group: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            gap = gap or bool(said)
            continue
        said, gap = said + (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place], False
    return said
