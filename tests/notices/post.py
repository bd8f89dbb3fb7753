"""A small SMTP server on loopback: what it was given, and addresses that it refuses."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """`refused`: addresses of which it says 550."""

    port: int = 0
    refused: set[str] = field(default_factory=set)
    letters: list[Message] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def anywhere(cls) -> "Post":
        """At a port of loopback that is free."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return cls(int(probe.getsockname()[1]))

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  its library's name
        self.asked.append(address)
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"

    def to(self, address: str) -> list[Message]:
        return [one for one in self.letters if one["To"] == address]


def subject_of(letter: Message) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def text_of(letter: Message) -> str:
    """The plain part."""
    part = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    return bytes(part.get_payload(decode=True)).decode()  # type: ignore[arg-type]


@contextmanager
def post_office() -> Iterator[Post]:
    post = Post.anywhere()
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    yield post
    controller.stop()
