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
    node("SavedSearch", "Saved search", "保存的搜索", *BASE, STATUS, AUDIENCE, TITLE, text("words", "Words", "词语"), texts("filters", "Filters", "筛选条件"),
         text("alerts", "How I am told", "提醒方式"), time("since", "Looks for what is new since", "起始时间"), time("seen_at", "Last look", "上次查看时间")),
    node("Finding", "What a saved search found", "搜索新发现", ID, CREATED, text("search_id", "Of", "所属搜索", lookup=True), text("account_id", "For", "所属账号", lookup=True),
         text("kind", "Kind", "类型"), text("entity_id", "What", "对象", lookup=True), texts("words", "Words", "词语"), texts("filters", "Filters", "筛选条件"),
         text("notice_id", "Told by", "提醒消息", lookup=True)),
    node("ChangedThing", "Changed, to be told", "待提醒的变更", ID, text("kind", "Kind", "类型"), text("entity_id", "What", "对象"), text("mark", "Mark", "标记")),
)  # fmt: skip
MARKET_EDGES = (
    edge("SOLD_BY", "sold by", "转让方", "Contract>Studio Contract>Enterprise Contract>Association Contract>Worker", *SIDE),
    edge("BOUGHT_BY", "bought by", "受让方", "Contract>Enterprise Contract>Association", *SIDE),
    edge("CAME_FROM", "came from", "源于", "Contract>Enquiry Contract>Auction Contract>Challenge"),
    edge("SELLS", "sells", "交易供给", "Contract>Listing"),
    edge("CONCERNS", "concerns", "涉及成果", "Contract>Achievement"),
    edge("SOLVES", "solves", "解决难题", "Contract>Need"),
    edge("SEARCHES_FOR", "searches for", "关注搜索", "Account>SavedSearch"),
)  # fmt: skip
