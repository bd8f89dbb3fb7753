"""The choices of a postbox, a field for each topic, and its address."""

from dataclasses import dataclass
from typing import Any

from wtforms import SelectField

from marketplace.domains.postbox.model import TOPIC_HELP, Postbox, ways_of
from marketplace.kernel.labels import label
from marketplace.kernel.notices import TOPIC_LABELS, Delivery, Topic
from marketplace.web.fields import choice
from marketplace.web.forms import Form, line
from marketplace.web.words import names, say


@dataclass(frozen=True, slots=True)
class Ways:
    work: Delivery
    duties: Delivery
    questions: Delivery
    announcements: Delivery
    searches: Delivery
    security: Delivery


def way_field(topic: Topic) -> SelectField:
    return choice(say(TOPIC_LABELS[topic]), ways_of(topic), Delivery, description=say(TOPIC_HELP[topic]))


class WaysForm(Form):
    TEXT = Ways

    work = way_field(Topic.WORK)
    duties = way_field(Topic.DUTIES)
    questions = way_field(Topic.QUESTIONS)
    announcements = way_field(Topic.ANNOUNCEMENTS)
    searches = way_field(Topic.SEARCHES)
    security = way_field(Topic.SECURITY)

    @classmethod
    def of_postbox(cls, postbox: Postbox) -> "WaysForm":
        said: dict[str, Any] = {topic.value: way for topic, way in postbox.by_topic.items()}
        return cls(version=postbox.version, **said)

    def by_topic(self) -> dict[Topic, Delivery]:
        return {topic: Delivery(self[topic.value].data) for topic in Topic}


@dataclass(frozen=True, slots=True)
class Address:
    email: str


class AddressForm(Form):
    TEXT = Address

    email = line(
        names("Postbox", "email"), most=254, required=False,
        help=label("A letter asks you to confirm it. It is used for messages of this site only, and shown to nobody."),
    )  # fmt: skip
