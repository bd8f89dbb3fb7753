"""One letter to one address: by the SMTP server of the settings, or into the log where there is none."""

import re
import smtplib
import ssl
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from marketplace.config import Settings

log = structlog.get_logger()
SECONDS = 20
WHOLE_LINES = policy.SMTP.clone(max_line_length=990)
"""An address that is broken into encoded words is no address to the program that is to open it."""
REFUSED = range(500, 600)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{3,190}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


class AddressRefused(Exception):
    """The server will not take anything for this address; trying again soon is of no use. Its text names no address."""


class MailAway(Exception):
    """The server does not answer, or takes nothing at all now."""


def is_address(text: str) -> bool:
    """What a server could take: the plain form of RFC 5321, at most 254 characters."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def letter(settings: Settings, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> EmailMessage:
    """Raises ValueError for line ends in a header."""
    message = EmailMessage(WHOLE_LINES)
    told = {"Date": formatdate(), "Message-ID": make_msgid(domain=_domain(settings)), "Auto-Submitted": "auto-generated"} | dict(headers or {})
    for name, value in ({"From": settings.mail_from, "To": to, "Subject": subject} | told).items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def _domain(settings: Settings) -> str:
    return urlsplit(settings.address).hostname or "localhost"


def send(settings: Settings, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Raises AddressRefused and MailAway. Without SMTP_URL nothing leaves: the log tells the letter, on a site without HTTPS with its text."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        log.info("mail", subject=subject, **({} if settings.https else {"text": text}))
        return
    if not is_address(to):
        raise AddressRefused("no address")
    try:
        _hand_over(settings, letter(settings, to, subject, text, html, headers))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        if all(code in REFUSED for code in codes):
            raise AddressRefused(f"{codes[0]}") from None
        raise MailAway(f"{codes[0]}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailAway(type(error).__name__) from None


def _hand_over(settings: Settings, message: EmailMessage) -> None:
    """A password never goes in the clear over a network; a certificate that is not the server's, or not known, ends it before anything is said."""
    place = urlsplit(settings.smtp_url.get_secret_value())
    host = place.hostname or "localhost"
    context = ssl.create_default_context(cafile=settings.smtp_ca_file)
    with _reach(place, host, context) as server:
        server.ehlo()
        if place.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        is_sealed = isinstance(server.sock, ssl.SSLSocket)
        if not is_sealed and (settings.smtp_tls == "required" or (place.username and host not in LOOPBACK)):
            raise smtplib.SMTPNotSupportedError("no TLS")
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        server.send_message(message)


def _reach(place: SplitResult, host: str, context: ssl.SSLContext) -> smtplib.SMTP:
    """`smtps://` speaks TLS from the first byte, `smtp://` as soon as the server offers it."""
    if place.scheme == "smtps":
        return smtplib.SMTP_SSL(host, place.port or 465, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, place.port or 587, timeout=SECONDS)
