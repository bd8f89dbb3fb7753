"""What the paper of a contract says. It is a Chinese text, whoever reads it: this is what both have signed."""

from datetime import date, datetime

from marketplace.domains.contracts.model import Contract, Side
from marketplace.kernel.contract_clauses import Clause, PatentFacts
from marketplace.kernel.money import yuan_of
from marketplace.kernel.printing import Paper
from marketplace.kernel.registration_codes import chinese
from marketplace.kernel.technology_contracts import Course, PriceMode
from marketplace.kernel.workdays import SHANGHAI
from marketplace.kernel.yuan_words import yuan_words
from marketplace.processes.contract_papers.model import Paperwork, Press

MODES = {PriceMode.FIXED: "一次总付", PriceMode.INSTALMENTS: "分期支付", PriceMode.ROYALTY: "提成支付", PriceMode.ENTRY_ROYALTY: "入门费加提成",
         PriceMode.NEGOTIABLE: "面议", PriceMode.TRIAL: "先试用后付费"}  # fmt: skip
COURSES = {Course.LEVEL: "各年相同", Course.RISING: "逐年递增", Course.FALLING: "逐年递减"}
CLAUSES: tuple[tuple[Clause, str], ...] = (
    (Clause.TITLE, "项目名称"), (Clause.SCOPE, "标的的内容、范围和要求"), (Clause.DELIVERY, "履行的计划、地点和方式"),
    (Clause.CONFIDENTIALITY, "技术信息和资料的保密"),
    (Clause.OWNERSHIP, "技术成果的归属和收益的分配办法"), (Clause.ACCEPTANCE, "验收标准和方法"), (Clause.DEFINITIONS, "名词和术语的解释"),
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"
MISSING = "（此条未写）"
DRAFT = "草稿"


def paper_of(work: Paperwork, press: Press, made_at: datetime) -> bytes:
    """The PDF file; a draft is marked as one on every page and names what is missing."""
    one = work.contract
    paper = Paper(one.title or one.number, one.number, made_at, mark="" if one.is_bound else DRAFT, font=press.font)
    paper.heading(chinese("kind", one.contract_kind) + "合同", 18)
    paper.pairs(_frame(one))
    for ordinal, (clause, words) in enumerate(CLAUSES):
        text = str(getattr(one, clause)).strip()
        _clause(paper, ordinal, words, text)
    _price(paper, work)
    _patents(paper, work)
    if one.other:
        _clause(paper, 9, "其他约定", one.other)
    _signatures(paper, work, press)
    return paper.content()


def _frame(one: Contract) -> list[tuple[str, str]]:
    kind = "，".join(part for part in (chinese("kind", one.contract_kind), chinese("sub_kind", one.sub_kind)) if part)
    rows = [("合同编号", one.number), ("合同种类", kind), ("转让方（卖方）", _side(one.seller)), ("受让方（买方）", _side(one.buyer)),
            ("适用地域", one.region or "不限"), ("是否独占", "独占" if one.exclusive else "非独占")]  # fmt: skip
    rows.append(("有效期限", f"{_day(one.valid_from) or '自生效之日'} 起，至 {_day(one.valid_until) or '履行完毕'}"))
    if one.is_bound:
        rows.append(("生效日期", _day(one.signed_on)))
    return rows


def _side(side: Side) -> str:
    legal = f"（由 {side.enterprise_name} 签约）" if side.enterprise_name and side.enterprise_name != side.name else ""
    code = f"，统一社会信用代码 {side.uscc}" if side.uscc else ""
    return f"{side.name}{legal}{code}"


def _clause(paper: Paper, ordinal: int, words: str, text: str) -> None:
    paper.heading(f"{NUMERALS[ordinal]}、{words}")
    paper.clause(text or MISSING, missing=not text)


def _price(paper: Paper, work: Paperwork) -> None:
    one = work.contract
    paper.heading("八、价款、报酬及其支付方式")
    if Clause.PRICE in work.missing:
        paper.clause(MISSING, missing=True)
    said = [f"支付方式：{MODES[one.price_mode]}。"]
    if one.total_fen:
        said.append(
            f"{'入门费' if one.price_mode is PriceMode.ENTRY_ROYALTY else '总价'} {yuan_of(one.total_fen)} 元（{yuan_words(one.total_fen)}）。"
        )
    if one.technology_fen is not None:
        said.append(f"其中技术交易额 {yuan_of(one.technology_fen)} 元。")
    if one.royalty_bp:
        said.append(f"提成 {one.royalty_bp / 100:g}%，{COURSES[one.royalty_course]}。{one.royalty_note}")
    if one.trial_days:
        said.append(f"先试用 {one.trial_days} 天，期满由受让方确认留用或退回。")
    paper.clause("".join(said))
    if one.stages:
        rows = [(stage.name, f"生效后 {stage.days} 天", stage.proof, f"{stage.share / 100:g}%", yuan_of(stage.amount_fen)) for stage in one.stages]
        paper.grid(("里程碑", "期限", "证明材料", "比例", "金额（元）"), rows, (44, 30, 48, 18, 30))


def _patents(paper: Paper, work: Paperwork) -> None:
    asked = {Clause.PATENT_NAMES, Clause.PATENT_DATES} & {line.clause for line in work.checklist}
    if not asked:
        return
    paper.heading("九、所涉专利")
    if asked & set(work.missing):
        paper.clause(MISSING, missing=True)
    for one in work.patents:
        paper.pairs(_patent(one))


def _patent(one: PatentFacts) -> list[tuple[str, str]]:
    return [("发明创造名称", one.title), ("申请人", one.applicant), ("专利权人", one.owner), ("申请日", _day(one.filed_on)),
            ("专利（申请）号", one.patent_number), ("有效期至", _day(one.expires_on))]  # fmt: skip


def _signatures(paper: Paper, work: Paperwork, press: Press) -> None:
    one = work.contract
    paper.heading("双方确认")
    paper.pairs([
        (one.seller.name, f"{work.seller_by} {_moment(one.seller_at)} 确认" if one.seller_at else "未确认"),
        (one.buyer.name, f"{work.buyer_by} {_moment(one.buyer_at)} 确认" if one.buyer_at else "未确认"),
    ])  # fmt: skip
    if one.text_digest:
        paper.note(f"确认文本摘要（SHA-256）{one.text_digest}")
    if one.is_bound:
        address = f"{press.address}/contracts/check/{one.check_code}"
        paper.code(address)
        paper.note(f"扫码核验本合同的编号、状态、签订日期和文件摘要：\n{address}")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""
