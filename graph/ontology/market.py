"""The market's labels and relations: from what is agreed to what is signed, paid and measured."""

from graph.ontology.edges import edge
from graph.ontology.pieces import AUDIENCE, BASE, NAME, NUMBER, REASON, STATUS, TITLE, date, flag, integer, integers, node, text, texts, time
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
         date("signed_on", "Signed on", "签订日期", lookup=True), time("ended_at", "Ended", "终止时间"),
         integer("trial_days", "Days of the trial", "试用天数"), date("trial_until", "Trial ends on", "试用截止日"), time("trial_kept_at", "Kept after the trial", "试用后留用时间"),
         text("text_digest", "Digest of the confirmed text", "确认文本摘要值"), text("check_code", "Code for checking", "核验码", lookup=True),
         text("paper_digest", "Digest of the paper", "合同文件摘要值"), text("amendment", "Change proposed", "变更状态"),
         text("amendment_by", "Proposed by", "提出方"), text("amendment_reason", "Why it is to change", "变更理由"),
         text("end_kind", "How it ended", "终止方式"), text("accepted_words", "Words of acceptance", "验收意见")),
    node("Auction", "Auction", "竞价", *BASE, NUMBER, STATUS, AUDIENCE),
    node("Challenge", "Open challenge", "揭榜挂帅", *BASE, NUMBER, STATUS, AUDIENCE),
    node("Milestone", "Milestone", "里程碑", *BASE, NUMBER, STATUS, AUDIENCE, REASON, NAME, integer("ordinal", "Order", "顺序"),
         text("proof", "What proves it", "证明材料"), date("due_on", "Due on", "期限", lookup=True), integer("share", "Share", "份额"),
         integer("amount_fen", "Amount", "金额"), text("words", "Report", "完成说明"), time("reported_at", "Reported", "报告时间"),
         text("reported_by", "Reported by", "报告人"), time("accepted_at", "Accepted", "验收时间"), text("accepted_by", "Accepted by", "验收人"),
         date("reminded_on", "Reminded on", "提醒日期")),
    node("ContractRegistration", "Registration of a technology contract", "技术合同认定登记", *BASE, STATUS, AUDIENCE,
         text("contract_id", "Contract", "合同", unique=True), text("ip_kind", "Kind of intellectual property", "知识产权类别"),
         text("tech_field", "Technology field", "技术领域"), text("goal", "Socio-economic goal", "社会经济目标"),
         text("seller_kind", "Kind of the seller", "卖方类型"), text("seller_region", "Region of the seller", "卖方地区代码"),
         text("buyer_kind", "Kind of the buyer", "买方类型"), text("buyer_region", "Region of the buyer", "买方地区代码"),
         text("registration_number", "Registration number", "合同登记编号", lookup=True), date("registered_on", "Registered on", "登记日期")),
    node("Message", "Message", "留言", ID, CREATED, text("text", "Message", "留言"), text("side", "Side", "哪一方")),
    node("Offer", "Offer", "报价", *BASE, STATUS, AUDIENCE, REASON, *TERMS, integer("ordinal", "Version", "版次"), text("side", "Side", "哪一方"),
         date("holds_until", "Holds until", "报价有效至"), text("note", "Note", "附言")),
)  # fmt: skip
MARKET_EDGES = (
    edge("SOLD_BY", "sold by", "转让方", "Contract>Studio Contract>Enterprise Contract>Association Contract>Worker", *SIDE),
    edge("BOUGHT_BY", "bought by", "受让方", "Contract>Enterprise Contract>Association", *SIDE),
    edge("CAME_FROM", "came from", "源于", "Contract>Enquiry Contract>Auction Contract>Challenge"),
    edge("SELLS", "sells", "交易供给", "Contract>Listing"),
    edge("CONCERNS", "concerns", "涉及成果", "Contract>Achievement"),
    edge("SOLVES", "solves", "解决难题", "Contract>Need"),
    edge("STAGE_OF", "stage of", "属于合同", "Milestone>Contract"),
    edge("PROOF_OF", "proof of", "证明", "StoredFile>Milestone"),
    edge("PAPER_OF", "paper of", "合同文件", "StoredFile>Contract"),
    edge("REGISTERS", "registers", "登记", "ContractRegistration>Contract"),
    edge("ASKED_FOR", "asked for", "代表方", "Enquiry>Enterprise Enquiry>Association Enquiry>Studio Enquiry>Worker"),
    edge("IN_THREAD", "in the conversation", "所在对话", "Message>Enquiry"),
    edge("WRITTEN_BY", "written by", "发言人", "Message>Account Offer>Account"),
    edge("SENT_WITH", "sent with", "随附", "StoredFile>Message StoredFile>Enquiry"),
    edge("OFFERED_IN", "offered in", "所在意向", "Offer>Enquiry"),
    edge("BECAME", "became", "成为", "Offer>Contract"),
    edge("OFFERED_FIRST_TO", "offered first to", "优先受让人", "Contract>Worker", time("asked_at", "Asked", "询问时间"), date("due_on", "Due", "答复期限"),
         text("answer", "Answer", "答复"), time("answered_at", "Answered", "答复时间")),
)  # fmt: skip
