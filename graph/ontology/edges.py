"""Every relation of the site. Relations that begin and end are half-open: [since, until)."""

from graph.ontology import personal as about
from graph.ontology.pieces import date, flag, integer, number, text, texts, time
from graph.schema import Edge, Property, Words

SINCE = date("since", "Since", "自")
UNTIL = date("until", "Until", "至")
ROLE = text("role", "Role", "角色")
CERTIFICATE = text("certificate", "Certificate", "证书", personal=about.CERTIFICATE)
CERTIFICATE_INDEX = text("certificate_index", "Digest of the certificate's number", "证书号查找摘要", personal=about.EQUALITY)


def edge(name: str, en: str, zh: str, ends: str, *properties: Property) -> Edge:
    """`ends` reads 'Source>Target Source>Target'."""
    pairs = tuple((pair.split(">")[0], pair.split(">")[1]) for pair in ends.split())
    return Edge(name, Words(en, zh), pairs, properties)


EDGES = (
    edge("PART_OF", "part of", "隶属于", "Organisation>Organisation", SINCE, UNTIL),
    edge("UNDER", "under", "归口", "Enterprise>Organisation Association>Organisation Studio>Organisation Worker>Organisation "
         "Achievement>Organisation Need>Organisation Listing>Organisation Patent>Organisation Registration>Organisation", SINCE),
    edge("WAS_UNDER", "was under", "曾归口", "Enterprise>Organisation Association>Organisation Studio>Organisation Worker>Organisation "
         "Achievement>Organisation Need>Organisation Listing>Organisation Patent>Organisation Registration>Organisation", SINCE, UNTIL),
    edge("EMPLOYED_BY", "employed by", "任职于", "Worker>Enterprise", SINCE, UNTIL),
    edge("MEMBER_OF", "member of", "成员", "Worker>Studio Worker>Association", ROLE, SINCE, UNTIL),
    edge("LEADS", "leads", "带头", "Worker>Studio Worker>Association", SINCE, UNTIL),
    edge("HOSTED_BY", "hosted by", "依托于", "Studio>Enterprise"),
    edge("CONTRIBUTED_TO", "contributed to", "完成", "Worker>Achievement", ROLE, integer("share", "Share", "份额"),
         integer("position", "Order", "排序"), text("answer", "Answer", "确认情况"), time("asked_at", "Asked", "征询时间"),
         time("answered_at", "Answered", "答复时间")),
    edge("PRODUCED_BY", "produced by", "产出于", "Achievement>Studio Achievement>Enterprise"),
    edge("PROTECTED_BY", "protected by", "受专利保护", "Achievement>Patent"),
    edge("INVENTED", "invented", "发明", "Worker>Patent", integer("position", "Order", "排序")),
    edge("OWNED_BY", "owned by", "权属于", "Patent>Enterprise Patent>Worker"),
    edge("ADOPTED_BY", "adopted by", "应用于", "Achievement>Enterprise", SINCE, integer("saving_fen", "Measured saving a year", "年节约"),
         number("quantity", "Quantity", "数量"), text("unit", "Unit", "单位"), text("place", "Where", "用在哪里"), text("evidence", "Evidence", "依据"),
         text("method", "How it was measured", "测算方法"), text("file_id", "Evidence file", "证明文件"), text("id", "Identifier", "标识"),
         time("asked_at", "Asked", "征询时间"), time("answered_at", "Answered", "答复时间"), flag("confirmed", "Confirmed", "已确认"),
         text("by", "Answered by", "答复人"), text("reason", "Reason", "理由"), flag("by_adopter", "Entered by the adopter", "采用单位填报"),
         integer("position", "Order", "排序")),
    edge("OFFERS", "offers", "挂牌", "Listing>Achievement"),
    edge("OFFERED_BY", "offered by", "提供方", "Listing>Studio Listing>Enterprise Listing>Association Listing>Worker"),
    edge("POSTED_BY", "posted by", "发布方", "Need>Enterprise"),
    edge("REQUIRES", "requires", "需要", "Need>Skill"),
    edge("USES_SKILL", "uses", "用到", "Achievement>Skill"),
    edge("HAS_SKILL", "has skill", "掌握", "Worker>Skill", text("level", "Level", "等级"), CERTIFICATE, CERTIFICATE_INDEX, SINCE,
         integer("position", "Order", "排序")),
    edge("CERTIFIED_IN", "certified in", "持证", "Worker>Occupation", CERTIFICATE, CERTIFICATE_INDEX,
         text("level", "Level", "等级"), date("issued_on", "Issued on", "发证日期"), integer("position", "Order", "排序")),
    edge("IN_FIELD", "in field", "属于领域", "Achievement>TechnologyField Need>TechnologyField Listing>TechnologyField Studio>TechnologyField "
         "Patent>TechnologyField Enterprise>TechnologyField Association>TechnologyField"),
    edge("BELONGS_TO", "belongs to", "属于", "TechnologyField>TechnologyField Skill>TechnologyField"),
    edge("IS_PERSON", "is", "本人", "Account>Worker"),
    edge("HOLDS", "holds a role in", "任职权限", "Account>Organisation Account>Enterprise Account>Studio Account>Association", ROLE,
         time("since", "Since", "自"), time("until", "Until", "至"), text("id", "Identifier", "标识"), text("given_by", "Given by", "授予人"),
         text("for_account", "For", "代表"), text("lent_from", "Lent from", "转交自")),
    edge("SIGNED_IN_AS", "signed in as", "登录为", "Session>Account"),
    edge("EVIDENCE_OF", "evidence of", "证明", "StoredFile>Achievement"),
    edge("REVIEWS", "reviews", "审核", "Review>Achievement Review>Listing Review>Need"),
    edge("ASKED_BY", "asked by", "提出方", "Enquiry>Account"),
    edge("ABOUT", "about", "关于", "Enquiry>Achievement Enquiry>Listing Enquiry>Need Enquiry>Worker"),
    edge("MERGED_INTO", "merged into", "已并入", "Worker>Worker", time("at", "At", "时间")),
    edge("DISTINCT_FROM", "is not the same person as", "不是同一人", "Worker>Worker", text("by", "By", "经办人"), time("at", "At", "时间")),
    edge("SAVED", "saved", "收藏", "Account>Achievement Account>Listing Account>Need Account>Patent Account>Studio Account>Worker "
         "Account>Enterprise Account>Association", time("at", "At", "时间"), flag("tells", "Told of changes", "变化时提醒"),
         texts("seen", "Last state told of", "上次提醒时的状态")),
    edge("GAVE", "gave", "作出", "Account>MatchOpinion"),
    edge("ON_NEED", "on need", "针对难题", "MatchOpinion>Need"),
    edge("ON_THING", "on", "针对", "MatchOpinion>Achievement MatchOpinion>Listing"),
    edge("DECLARED_KIN", "declared kin of", "申报的亲属", "Worker>Worker", text("id", "Identifier", "标识"), text("kin", "Kinship", "亲属关系"), SINCE, UNTIL),
    edge("KEEPS", "keeps", "保存", "Account>SavedView"),
    edge("SHARED_WITH", "shared with", "共享给", "SavedView>Account", time("at", "At", "时间")),
)  # fmt: skip
