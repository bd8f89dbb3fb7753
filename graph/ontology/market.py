"""The market's labels and relations: from what is agreed to what is signed, paid and measured."""

from graph.ontology.edges import edge
from graph.ontology.pieces import (
    AUDIENCE,
    BASE,
    ENTERED,
    GUARDED,
    ID,
    LOCK,
    NUMBER,
    REASON,
    STATUS,
    SUBMITTED,
    TITLE,
    date,
    flag,
    integer,
    integers,
    node,
    text,
    texts,
    time,
)

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
    node("Auction", "Auction", "竞价", *BASE, NUMBER, STATUS, AUDIENCE, GUARDED, REASON, TITLE, ENTERED, SUBMITTED,
         integer("start_fen", "Starting price", "起价"), integer("step_fen", "Step", "加价幅度"), integer("reserve_fen", "Reserve", "底价"),
         integer("deposit_fen", "Deposit", "保证金"), time("deposit_until", "Deposits until", "保证金截止时间"), time("begins_at", "Begins", "开始时间"),
         time("ends_at", "Ends", "截止时间"), integer("late_minutes", "A late bid is one in the last minutes", "顺延判定（截止前分钟数）"),
         integer("extend_minutes", "It moves the end by minutes", "每次顺延分钟数"), integer("sign_workdays", "Workdays to sign", "签约工作日"),
         integer("return_workdays", "Workdays to return deposits", "退保证金工作日"), text("terms", "Contract terms", "合同条件"),
         text("contract_kind", "Contract kind", "合同类型"), text("sub_kind", "Sub-kind", "合同细类"), text("region", "Region", "适用地域"),
         flag("exclusive", "Exclusive", "独占"), time("announced_at", "Announced", "公告时间"), time("closed_at", "End written down", "截止记录时间"),
         text("outcome", "Outcome", "结果"), integer("winner", "Winner", "竞得人"), integer("winner_fen", "Winning price", "成交价"),
         date("sign_by", "To be signed by", "签约期限"), date("return_by", "Deposits back by", "退还期限"), text("contract_id", "Contract", "合同")),
    node("Challenge", "Open challenge", "揭榜挂帅", *BASE, NUMBER, STATUS, AUDIENCE),
    node("Standing", "Standing of an auction", "竞价进程", ID, LOCK, integer("highest_fen", "Highest bid", "最高价"), integer("leader", "Leader", "领先竞买人"),
         integer("maximum_fen", "Leader's maximum", "领先者最高价"), integer("reserve_fen", "Reserve", "底价"), integer("bids", "Bids", "出价次数"),
         integer("extensions", "Extensions", "顺延次数"), time("closes_at", "Ends now", "现截止时间"), time("last_at", "Last bid", "最近出价时间"),
         text("head", "Digest of the last bid", "末条校验码")),
    node("Bidder", "Bidder", "竞买人", *BASE, STATUS, AUDIENCE, REASON, ENTERED, integer("ordinal", "Bidder's number", "竞买人号"),
         text("legal_id", "Legal person", "法人单位"), date("paid_on", "Deposit arrived", "保证金到账日期"), date("returned_on", "Deposit returned", "保证金退还日期")),
    node("Bid", "Bid", "出价", ID, integer("sequence", "Sequence", "序号"), integer("ordinal", "Bidder's number", "竞买人号"),
         integer("amount_fen", "Amount", "出价金额"), time("at", "At", "时间"), text("way", "Way", "方式"), time("extends_to", "Moves the end to", "顺延至"),
         text("previous", "Previous digest", "上一条校验码"), text("digest", "Digest", "本条校验码")),
)  # fmt: skip
MARKET_EDGES = (
    edge("SOLD_BY", "sold by", "转让方", "Contract>Studio Contract>Enterprise Contract>Association Contract>Worker", *SIDE),
    edge("BOUGHT_BY", "bought by", "受让方", "Contract>Enterprise Contract>Association", *SIDE),
    edge("CAME_FROM", "came from", "源于", "Contract>Enquiry Contract>Auction Contract>Challenge"),
    edge("SELLS", "sells", "交易供给", "Contract>Listing"),
    edge("CONCERNS", "concerns", "涉及成果", "Contract>Achievement"),
    edge("SOLVES", "solves", "解决难题", "Contract>Need"),
    edge("AUCTIONS", "puts up", "竞价标的", "Auction>Listing"),
    edge("AUCTIONED_BY", "put up by", "竞价发起方", "Auction>Studio Auction>Enterprise Auction>Association Auction>Worker"),
    edge("BIDS_IN", "bids in", "参加竞价", "Bidder>Auction"),
    edge("BIDS_FOR", "bids for", "竞买方", "Bidder>Enterprise Bidder>Association"),
    edge("BID_IN", "bid in", "出价于", "Bid>Auction"),
)  # fmt: skip
