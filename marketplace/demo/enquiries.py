"""What enterprises asked, and what the makers answered; at the end some things are saved for later."""

from marketplace.demo.market import enterprise_user, maker_of, offerer, works
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.domains.enquiries.service import answer_enquiry, ask_enquiry, save_for_later
from marketplace.kernel.actor import Actor


def load_enquiries(stage: Stage) -> None:
    stage.each(rows_of("enquiries"), play_enquiry)


def play_enquiry(stage: Stage, row: Row) -> None:
    kind, id, maker = subject_of(stage, row["about"])
    buyer = enterprise_user(stage, row["enterprise"])
    asked = stage.play(row["asked_on"], buyer, ask_enquiry, kind, id, row["text"])
    stage.ids[f"enquiry:{row['ref']}"] = asked.id
    if row["answer"]:
        stage.play(row["answered_on"], maker, answer_enquiry, asked.id, asked.version, row["answer"])
    else:
        stage.play(row["asked_on"], buyer, save_for_later, kind, id)


def subject_of(stage: Stage, about: Row) -> tuple[str, str, Actor]:
    """Kind and id of what is asked about, and who answers for it."""
    if about["kind"] == "achievement":
        work = works()[about["index"]]
        return "achievement", stage.ids[f"achievement:{work['n']}"], maker_of(stage, work)[0]
    by = by_ref("consulting_listings")[about["ref"]]["offered_by"]
    return "listing", stage.ids[f"listing:{about['ref']}"], offerer(stage, by["kind"], by["ref"])[0]
