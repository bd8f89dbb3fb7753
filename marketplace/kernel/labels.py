"""Words of the interface below the web: English msgids, translated only where they are shown."""


class Label(str):
    """A msgid that a template translates with `|t`."""

    __slots__ = ()


def label(msgid: str) -> Label:
    """Mark a msgid so that the extraction of messages finds it."""
    return Label(msgid)
