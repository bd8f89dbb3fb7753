"""Somebody with an address that they confirmed, and messages for them."""

import re
from dataclasses import dataclass, field
from itertools import count

from marketplace.domains.postbox.repository import find_postbox
from marketplace.domains.postbox.service import choose_ways, write_address
from marketplace.kernel.actor import Actor
from marketplace.kernel.notices import Delivery, Notice, Topic, choices_of, write_notices
from tests.notices.post import Post, text_of
from tests.site import TestSite

LINK = re.compile(r"https://union\.example(/notices/\S+)")


@dataclass
class Told:
    site: TestSite
    post: Post
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def mail(self) -> None:
        """What the relay does beside its own work."""
        self.site.site.relay.beside["mail"].carry_out()

    def morning(self) -> None:
        self.site.site.relay.beside["digests"].carry_out()
        self.mail()

    def writes(self, actor: Actor, email: str) -> None:
        self.site.acting_as(actor).change(write_address, 0, email, "en")

    def confirms(self, actor: Actor, email: str) -> Actor:
        """By the link of the letter, without signing in."""
        self.writes(actor, email)
        self.mail()
        [path] = LINK.findall(text_of(self.post.to(email)[-1]))
        assert self.site.client().post(path).status_code == 200
        self.post.letters.clear()
        return actor

    def chooses(self, actor: Actor, **ways: Delivery) -> None:
        by_topic = choices_of(()) | {Topic(name): way for name, way in ways.items()}
        postbox = self.site.acting_as(actor).read(find_postbox, actor.account_id)
        self.site.acting_as(actor).change(choose_ways, postbox.version if postbox else 0, by_topic, "en")

    def hears(self, actor: Actor, topic: Topic = Topic.WORK, kind: str = "achievement", verb: str = "publish", title: str = "王小明的装置") -> Notice:
        """As the relay would have written it."""
        number = next(self._numbers)
        notice = Notice(f"notice-{number:04d}", actor.account_id, kind, f"thing-{number}", verb, title, self.site.clock.now(), topic=topic)
        self.site.graph.write(lambda tx: write_notices(tx, [notice]))
        return notice
