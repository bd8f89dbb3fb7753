"""The market's labels and relations: from what is agreed to what is signed, paid and measured."""

from graph.ontology.edges import edge
from graph.ontology.pieces import AUDIENCE, BASE, CREATED, ID, NUMBER, REASON, STATUS, TITLE, date, flag, integer, integers, node, text, texts, time

TERMS = (
    text("contract_kind", "Contract kind", "合同类型", lookup=True), text("sub_kind", "Sub-kind", "合同细类"), text("price_mode", "Price mode", "计价方式"),
    integer("total_fen", "Total price", "成交总额"), integer("technology_fen", "For the technology", "技术交易额"),
    integer("royalty_bp", "Royalty rate", "提成比例"), text("royalty_course", "Course of the royalty", "提成变化方式"),
    text("royalty_note", "How the royalty is reckoned", "提成计算办法"), text("region", "Region", "适用地域"), flag("exclusive", "Exclusive", "独占"),
    date("valid_from", "Valid from", "生效日期"), date("valid_until", "Valid until", "有效期至"), text("scope", "Content, scope and requirements", "内容、范围和要求"),
    text("delivery", "Plan, place and method", "履行计划、地点和方式"), text("acceptance", "Acceptance standard and method", "验收标准和方法"),
    texts("stage_names", "Stages", "阶段"), integers("stage_days", "Days after it is in force", "生效后天数"), integers("stage_shares", "Shares of the price", "付款比例"),
    texts("stage_proofs", "What proves it", "证明材料"),
)  # fmt: skip
"""Of an offer and of a contract: Civil Code, articles 845 and 846."""
SIDE = (
    text("enterprise_id", "Legal person", "法人单位"), text("enterprise_name", "Name of the legal person", "法人单位名称"),
    text("uscc", "Unified social credit code", "统一社会信用代码"), text("area", "Sub-district", "所在街乡"),
)  # fmt: skip
"""A party as it was when the contract was drafted."""

MARKET_NODES = (
    node("Contract", "Contract", "合同", *BASE, NUMBER, STATUS, AUDIENCE, REASON, TITLE, *TERMS, text("confidentiality", "Confidentiality", "保密约定"),
         text("ownership", "Ownership and split of income", "成果归属和收益分配"), text("definitions", "Definitions", "名词和术语解释"), text("other", "Other", "其他约定"),
         time("seller_at", "Confirmed by the seller", "转让方确认时间"), time("buyer_at", "Confirmed by the buyer", "受让方确认时间"),
         text("seller_by", "Confirmed for the seller by", "转让方确认人"), text("buyer_by", "Confirmed for the buyer by", "受让方确认人"),
         date("signed_on", "Signed on", "签订日期", lookup=True), time("ended_at", "Ended", "终止时间")),
    node("Auction", "Auction", "竞价", *BASE, NUMBER, STATUS, AUDIENCE),
    node("Challenge", "Open challenge", "揭榜挂帅", *BASE, NUMBER, STATUS, AUDIENCE),
    node("Payment", "Payment", "付款记录", *BASE, NUMBER, STATUS, AUDIENCE, REASON, text("contract_id", "Contract", "合同", lookup=True),
         text("kind", "Kind of payment", "款项类型"), integer("amount_fen", "Amount", "金额"), integer("stage", "Stage", "阶段"), date("paid_on", "Paid on", "付款日期"),
         text("reference", "Reference", "凭证号或附言"), text("counters_id", "Cancels out", "冲销的记录", lookup=True),
         text("refunds_id", "Gives back of", "退还的款项", lookup=True), text("recorded_by", "Recorded by", "登记人"),
         text("confirmed_by", "Confirmed by", "确认人"), time("confirmed_at", "Confirmed", "确认时间"), time("posted_at", "Shared out", "分配入账时间")),
    node("Posting", "Posting", "分配记录", ID, CREATED, AUDIENCE, text("contract_id", "Contract", "合同", lookup=True),
         text("payment_id", "Payment", "付款记录", lookup=True), text("root_id", "Payment whose shares hold", "依据的款项", lookup=True),
         text("act", "Act", "事项"), text("kind", "Kind of payment", "款项类型"), integer("amount_fen", "Amount", "金额"),
         integer("net_fen", "To be shared", "可分金额"), date("paid_on", "Paid on", "付款日期"), text("rule_id", "Rule", "分配规则"),
         date("shares_from", "Shares since", "份额版本日期"), text("reverses", "Reverses", "冲正的记录", lookup=True), REASON, text("by", "By", "经办人")),
    node("LedgerEntry", "Ledger entry", "台账分录", ID, AUDIENCE, text("place", "Place in the chain", "链上位置", unique=True),
         text("contract_id", "Contract", "合同", lookup=True), text("payment_id", "Payment", "付款记录"), text("posting_id", "Posting", "分配记录", lookup=True),
         integer("sequence", "Sequence", "序号"), time("at", "At", "时间"), text("account_kind", "Account", "账户类别"),
         text("account_id", "Account of", "账户所属", lookup=True), integer("amount_fen", "Amount", "金额"), integer("of_fen", "Out of", "基数"),
         integer("share", "Share", "份额"), integer("cut_fen", "Cut to fen", "舍到分"), text("act", "Act", "事项"), text("kind", "Kind of payment", "款项类型"),
         REASON, text("reverses", "Reverses", "冲正的分录", lookup=True), text("by", "By", "经办人"), flag("held", "Held back", "暂挂"),
         text("previous", "Previous digest", "前一摘要"), text("seal", "Seal", "封印")),
    node("ShareRule", "Rule for sharing income", "收益分配规则", *BASE, STATUS, AUDIENCE, REASON, text("enterprise_id", "Of", "所属", lookup=True),
         integer("unit_bp", "Unit", "单位"), integer("studio_bp", "Studio", "工作室"), integer("contributors_bp", "Contributors", "完成人"),
         integer("vat_bp", "Value-added tax, off first", "先减增值税"), integer("cost_bp", "Costs, off first", "先减成本"),
         text("source", "Words of the unit's regulation", "单位制度原文"), text("clause", "Regulation and clause", "制度名称和条款"),
         date("effective_from", "Effective from", "生效日期"), date("effective_until", "Effective until", "失效日期"),
         text("proposed_by", "Proposed by", "提出人"), text("confirmed_by", "Confirmed by", "确认人"), time("confirmed_at", "Confirmed", "确认时间")),
    node("Objection", "Objection to a ledger line", "分配异议", *BASE, NUMBER, STATUS, AUDIENCE, REASON, text("entry_id", "Line", "分录", lookup=True),
         text("posting_id", "Posting", "分配记录", lookup=True), text("contract_id", "Contract", "合同", lookup=True),
         text("worker_id", "Of", "所属", lookup=True), text("words", "Objection", "异议内容"), integer("amount_fen", "Amount", "金额"), date("due_on", "Due on", "到期日"),
         text("answer", "Answer", "答复"), flag("corrects", "Corrects", "更正"), text("answered_by", "Answered by", "答复人"), text("cosigned_by", "Countersigned by", "会签人"),
         texts("worker_ids", "Contributors", "完成人"), integers("shares", "Shares", "份额"), texts("keepers", "Whose answer it needs", "答复方"),
         texts("units", "Units above", "所属单位")),
)  # fmt: skip
MARKET_EDGES = (
    edge("SOLD_BY", "sold by", "转让方", "Contract>Studio Contract>Enterprise Contract>Association Contract>Worker", *SIDE),
    edge("BOUGHT_BY", "bought by", "受让方", "Contract>Enterprise Contract>Association", *SIDE),
    edge("CAME_FROM", "came from", "源于", "Contract>Enquiry Contract>Auction Contract>Challenge"),
    edge("SELLS", "sells", "交易供给", "Contract>Listing"),
    edge("CONCERNS", "concerns", "涉及成果", "Contract>Achievement"),
    edge("SOLVES", "solves", "解决难题", "Contract>Need"),
    edge("PAID_UNDER", "paid under", "付款所属合同", "Payment>Contract"),
)  # fmt: skip
