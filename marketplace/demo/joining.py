"""Who waits at the door: an enterprise, a worker and somebody who claims a page; and a studio that asks somebody in."""

from functools import partial

from marketplace.demo.stage import NOBODY, Stage
from marketplace.domains.registrations.model import Matter, RegistrationText
from marketplace.domains.studios.repository import get_studio
from marketplace.domains.studios.service import invite_member
from marketplace.kernel.actor import GUEST
from marketplace.processes.joining.service import Door, register

STUDIO, LEADER, NAME, ASKED = "studio-lin-xiaofeng", "worker-lin-xiaofeng", "林晓峰", "冯晓"


def load_registrations(stage: Stage) -> None:
    """In one transaction, sent yesterday: all of them still have time."""
    stage.together(partial(play_registrations, stage))


def play_registrations(stage: Stage) -> None:
    """Officers first: a registration waits at the nearest unit that has one."""
    stage.officer("sd-jiuxianqiao")
    stage.officer("base-woling")
    for matter, text in texts_of(stage):
        stage.play(None, GUEST, register, matter, text, Door("", NOBODY))
    leader = stage.actor(LEADER, NAME)
    studio = get_studio(stage.uow.tx, stage.ids[f"studio:{STUDIO}"])
    stage.play(None, leader, invite_member, studio.id, studio.version, ASKED)


def texts_of(stage: Stage) -> tuple[tuple[Matter, RegistrationText], ...]:
    return (
        (Matter.ENTERPRISE, RegistrationText(
            subject="北京朔芯传感技术有限公司", uscc="91110105MAXX773108", place=stage.unit("sd-jiuxianqiao"), contact_name="丁明远",
            phone="010-64367731",
        )),
        (Matter.WORKER, RegistrationText(subject="宋海燕", place=stage.ids["enterprise:woling"], phone="13900007733")),
        (Matter.CLAIM, RegistrationText(
            subject="北京沃岭储能技术有限公司", place=stage.ids["enterprise:woling"], contact_name="柳青", phone="010-64367734",
        )),
    )  # fmt: skip
