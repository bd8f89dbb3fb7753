"""Contracts of the last two years: sixty that both have signed, in force, fulfilled, ended or being changed, and some that are still written."""

from dataclasses import replace
from datetime import date, timedelta

from marketplace.demo.market import enterprise_user, works
from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.demo.works import person, studio_for
from marketplace.domains.contracts.model import Contract, ContractText
from marketplace.domains.contracts.service import accept_contract, cancel_contract, declare_end, digest_of, write_clause
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.milestones.repository import list_milestones
from marketplace.domains.milestones.service import accept_milestone, report_milestone
from marketplace.domains.offers.service import propose_offer
from marketplace.kernel.actor import Actor
from marketplace.kernel.contract_clauses import FIELDS, Clause
from marketplace.kernel.registration_codes import codes
from marketplace.kernel.revisions import text_of as part_of
from marketplace.kernel.technology_contracts import OF_A_PATENT, ContractKind, PriceMode, Terms
from marketplace.processes.contract_papers.model import Press
from marketplace.processes.contract_papers.repository import gather
from marketplace.processes.contract_papers.service import agree_end, confirm_text, fix_paper, print_paper, propose_change, propose_end
from marketplace.processes.conversation.service import answer_with_files
from marketplace.processes.deals.repository import list_first_refusals
from marketplace.processes.deals.service import accept_offer, waive_first_refusal
from marketplace.processes.registering.model import SheetText
from marketplace.processes.registering.service import begin_sheet, enter_number, fill_sheet

SIGNED, DRAFTED, ON_PAPER = 60, 8, 2
"""How many; of the first few the paper is fixed, which takes a second each."""
KINDS = ((ContractKind.DEVELOPMENT, "commissioned"), (ContractKind.TRANSFER, "know_how"), (ContractKind.LICENCE, "patent_licence"),
         (ContractKind.CONSULTING, ""), (ContractKind.SERVICE, "general"), (ContractKind.LICENCE, "know_how"))  # fmt: skip
ENDS = ("fulfilled", "running", "fulfilled", "running", "late", "trial", "changing", "declared", "fulfilled", "running", "agreed", "ending")
QUESTIONS = (
    "想用在我们现场，能否先谈条件？", "我们有三条同类产线，改造一条要停机几天？", "能否先到我们车间看一次，再报个价？",
    "你们的数据是在什么工况下测的？我们负荷更高。",
)  # fmt: skip
ANSWERS = (
    "可以。现场照片和铭牌我们看过了，适用，报价随后发出。", "停机一天半，可以安排在你们的检修窗口。", "下周二去看，带两台样件；报价按看过的情况定。",
    "在满负荷下连续测了三个月，记录可以给你们看。",
)  # fmt: skip
SUMS = (8_600_000, 28_600_000, 12_345_600, 4_500_000, 36_000_000, 15_000_000, 9_999_900)


def load_contracts(stage: Stage) -> None:
    """The n-th is found as `contract:<n>`."""
    public = [row for row in rows_of("listings") if row["status"] == "published" and works()[row["achievement"]]["status"] == "published"]
    sold = [row for row in public if works()[row["achievement"]]["via"] == "studio"][: SIGNED + DRAFTED]
    stage.each([{"n": n, "offer": row} for n, row in enumerate(sold, 1)], play_contract)


def play_contract(stage: Stage, row: Row) -> None:
    offer, n = row["offer"], row["n"]
    home = studio_for(works()[offer["achievement"]])
    seller = person(stage, person_ref(by_ref("studios")[home["ref"]]))
    firms = [one for one in rows_of("enterprises") if one["ref"] != home["enterprise"]]
    firm = firms[n * 7 % len(firms)]
    buyer = enterprise_user(stage, firm["ref"])
    on = stage.today - timedelta(days=14 + n * 10 % 600) if n <= SIGNED else stage.today - timedelta(days=n - SIGNED)
    draft = write(stage, on, agree(stage, row, on, seller, buyer, firm), text_of(row, firm, on), seller)
    stage.ids[f"contract:{n}"] = draft.id
    waive(stage, on, draft)
    if n <= SIGNED:
        carry_out(stage, n, on, sign(stage, n, on, draft, seller, buyer), seller, buyer)
    else:
        leave_open(stage, n, on, draft, seller, buyer)


def agree(stage: Stage, row: Row, on: date, seller: Actor, buyer: Actor, firm: Row) -> Contract:
    """Asked, answered, offered, accepted."""
    offer, n = row["offer"], row["n"]
    asked = stage.play(on - timedelta(days=9), buyer, ask_enquiry, "listing", stage.ids[f"offer:{offer['n']}"], QUESTIONS[n % len(QUESTIONS)])
    heard = stage.play(on - timedelta(days=9 - n % 4), seller, answer_with_files, asked.id, asked.version, ANSWERS[n % len(ANSWERS)])
    terms = part_of(text_of(row, firm, on), Terms)
    said = stage.play(on - timedelta(days=5), seller, propose_offer, heard.id, 0, terms, on + timedelta(days=5), "按现场情况报价，含一次培训。")
    drafted: Contract = stage.play(on - timedelta(days=3), buyer, accept_offer, said.id, said.version, 15)
    return drafted


def waive(stage: Stage, on: date, draft: Contract) -> None:
    """Whoever made what is transferred, on the terms as they were written in the end."""
    refs = {stage.ids[f"worker:{ref}"]: ref for ref in by_ref("workers")}
    for one in list_first_refusals(stage.uow.seeing_all().tx, draft.id):
        stage.play(on, person(stage, refs[one.worker_id]), waive_first_refusal, one.id, one.version)


def write(stage: Stage, on: date, draft: Contract, text: ContractText, seller: Actor) -> Contract:
    """What the offer does not say."""
    for clause in (Clause.TITLE, Clause.CONFIDENTIALITY, Clause.OWNERSHIP, Clause.DEFINITIONS, Clause.PRICE):
        if any(getattr(text, name) != getattr(draft, name) for name in FIELDS[clause]):
            draft = stage.play(on - timedelta(days=1), seller, write_clause, draft.id, draft.version, clause, text)
    return draft


def text_of(row: Row, firm: Row, on: date) -> ContractText:
    """Every kind in turn; a patent is licensed where one protects the work. Of those still written some lack clauses."""
    offer, n = row["offer"], row["n"]
    kind, sub_kind = KINDS[n % len(KINDS)]
    if sub_kind in OF_A_PATENT and not any(one["achievement"] == offer["achievement"] for one in rows_of("patents")):
        sub_kind = "other"
    total, trial = SUMS[n % len(SUMS)], n <= SIGNED and ENDS[n % len(ENDS)] == "trial"
    work = works()[offer["achievement"]]
    gain = work["gain"] or {"metric": "主要指标", "after": "达到约定值", "unit": ""}
    text = ContractText(
        title=f"{work['title'][:40]}合同", contract_kind=kind, sub_kind=sub_kind, price_mode=PriceMode.TRIAL if trial else PriceMode.INSTALMENTS,
        total_fen=total, technology_fen=total * 85 // 100, trial_days=60 if trial else None, region=offer["region"] or "北京市朝阳区",
        valid_from=on, valid_until=on + timedelta(days=730), scope=f"在 {firm['name']} 现场应用“{work['title']}”，含图纸、培训 2 天。",
        delivery="生效后 120 天内，在受让方现场交付并指导使用。", confidentiality="双方对图纸、参数保密 3 年；参与人员书面承诺。",
        ownership="改进成果归改进方；完成人按已确认份额取得不低于 50% 的收益。",
        acceptance=f"{gain['metric']}：{gain['after']} {gain['unit']}，双方共同测定。",
        definitions="“现场”指受让方生产或检修场所；“交付”指资料和实物都已签收。", stage_names=("签约", "交付", "验收"), stage_days=(5, 60, 120),
        stage_shares=(3_000, 4_000, 3_000), stage_proofs=("双方确认的合同", "交接单", "验收报告"),
    )  # fmt: skip
    return replace(text, acceptance="", definitions="") if n > SIGNED and n % 2 else text


def sign(stage: Stage, n: int, on: date, draft: Contract, seller: Actor, buyer: Actor) -> Contract:
    sold = stage.play(on, seller, confirm_text, draft.id, draft.version, digest_of(draft))
    bound = stage.play(on, buyer, confirm_text, sold.id, sold.version, digest_of(sold))
    if n <= ON_PAPER:
        press = Press(stage.site.files, stage.site.settings.address)
        bound = stage.play(on, buyer, fix_paper, bound.id, print_paper(gather(stage.uow.tx.seen_by(buyer.reader), bound), press))
    sheet = stage.play(on, seller, begin_sheet, bound.id)
    goals = list(codes()["goal"])
    said = replace(part_of(sheet, SheetText), goal=goals[n % (len(goals) - 1)], ip_kind=sheet.ip_kind or ("know_how" if n % 3 else "none"))
    filled = stage.play(on, seller, fill_sheet, bound.id, sheet.version, said)
    if n % 3:
        stage.play(on + timedelta(days=8), seller, enter_number, bound.id, filled.version, f"{on.year}110105{n:06d}")
    return bound


def carry_out(stage: Stage, n: int, on: date, bound: Contract, seller: Actor, buyer: Actor) -> None:
    """As far as its turn says; nothing is reported before its time."""
    end, today = ENDS[n % len(ENDS)], stage.today
    done = {"fulfilled": 3, "running": 1, "changing": 1, "ending": 2, "declared": 1}.get(end, 0)
    for one in list_milestones(stage.uow.tx.seen_by(seller.reader), bound.id)[:done]:
        day = min(one.due_on, today)
        said = stage.play(day, seller, report_milestone, one.id, one.version, f"{one.name}：已按约完成，{one.proof}已交。")
        if not (end == "running" and n % 2):
            stage.play(day, buyer, accept_milestone, said.id, said.version)
    last = min(on + timedelta(days=125), today)
    if end == "fulfilled":
        stage.play(last, buyer, accept_contract, bound.id, bound.version, "指标复测合格，资料齐全，同意验收。")
    elif end == "declared":
        stage.play(last, seller, declare_end, bound.id, bound.version, "受让方停产，两次催告后仍不提供现场。")
    elif end in ("agreed", "ending"):
        asked = stage.play(last, buyer, propose_end, bound.id, bound.version, "产线搬迁，双方同意不再继续。")
        if end == "agreed":
            stage.play(last, seller, agree_end, asked.id, asked.version)
    elif end == "changing":
        text = ContractText(**{name: getattr(bound, name) for name in ContractText.__dataclass_fields__})
        other = replace(text, stage_days=(5, 90, 150), delivery="现场停电检修推迟，交付延后 30 天，其余不变。")
        stage.play(last, seller, propose_change, bound.id, bound.version, other, "现场停电检修推迟一个月。")


def leave_open(stage: Stage, n: int, on: date, draft: Contract, seller: Actor, buyer: Actor) -> None:
    """Some are cancelled, of some one side has confirmed."""
    if n % 4 == 0:
        stage.play(on, buyer, cancel_contract, draft.id, draft.version, "今年预算已用完，明年再谈。")
    elif n % 2 == 0:
        stage.play(on, seller, confirm_text, draft.id, draft.version, digest_of(draft))
