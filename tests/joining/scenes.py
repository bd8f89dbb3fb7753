"""What stories of joining begin with: a sub-district with an officer, a base union with one, an enterprise, and what guests type."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.registrations.model import Matter, Registration, RegistrationText
from marketplace.kernel.actor import GUEST, Actor
from marketplace.processes.joining.service import Door, register
from tests.factories import NO_PASSWORD, Make
from tests.site import TestSite
from tests.worlds import remembered

USCC = "91110000600037341L"
PASSWORD = "a sentence is easy to keep"
PHONE = "13900009091"


@dataclass(frozen=True, slots=True)
class Scene:
    site: TestSite
    make: Make
    street: Organisation
    base: Organisation
    firm: Enterprise
    officer: Actor
    base_officer: Actor
    stranger: Actor

    def enterprise_form(self, **other: Any) -> dict[str, str]:
        return {
            "uscc": USCC, "subject": "北京新储能源有限公司", "place": self.street.id, "contact_name": "吴敬东", "phone": "010-64360000",
            "login": "wu.jingdong", "password": PASSWORD, "again": PASSWORD,
        } | other  # fmt: skip

    def worker_form(self, **other: Any) -> dict[str, str]:
        return {
            "subject": "宋海燕", "place": self.firm.name, "phone": PHONE, "login": "song", "password": PASSWORD, "again": PASSWORD,
        } | other  # fmt: skip

    def registered(self, matter: Matter = Matter.ENTERPRISE, wish: str = "", **text: Any) -> Registration:
        """By a guest."""
        said: dict[str, Any] = {
            Matter.ENTERPRISE: {"subject": "北京新储能源有限公司", "uscc": USCC, "place": self.street.id, "contact_name": "吴敬东"},
            Matter.CLAIM: {"subject": self.firm.name, "place": self.firm.id, "contact_name": "吴敬东"},
            Matter.WORKER: {"subject": "宋海燕", "place": self.firm.id, "phone": PHONE},
        }[matter]  # fmt: skip
        return self.site.acting_as(GUEST).change(register, matter, RegistrationText(**said | text), Door(wish, NO_PASSWORD))

    def now(self, account_id: str) -> Actor:
        """Who they are on their next request."""
        return self.site.system.read(actor_of_account, account_id, self.site.clock.now())

    def found(self, registration: Registration) -> Registration:
        found: Registration = self.site.find("registration", registration.id)
        return found


@remembered
def set_scene(site: TestSite, make: Make) -> Scene:
    street = make.organisation("酒仙桥街道总工会")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("北京沃岭储能技术有限公司", under=base)
    return Scene(site, make, street, base, firm, make.officer(of=street), make.officer(of=base), make.officer(of="望京街道"))


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:400]
    return answer.get_data(as_text=True)
