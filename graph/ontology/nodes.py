"""Every label of the site. Words in both languages, what is searchable and what is personal stand here and nowhere else."""

from functools import partial

from graph.ontology import personal as about
from graph.schema import Kind, Node, Personal, Property, Words


def _property(
    kind: Kind, name: str, en: str, zh: str, *, unique: bool = False, lookup: bool = False, searchable: bool = False, personal: Personal | None = None
) -> Property:
    return Property(name, kind, Words(en, zh), unique=unique, lookup=lookup, searchable=searchable, personal=personal)


text = partial(_property, Kind.TEXT)
texts = partial(_property, Kind.TEXTS)
integer = partial(_property, Kind.INTEGER)
number = partial(_property, Kind.NUMBER)
flag = partial(_property, Kind.BOOLEAN)
time = partial(_property, Kind.TIME)
date = partial(_property, Kind.DATE)


def node(label: str, en: str, zh: str, *properties: Property, glyph: str = "") -> Node:
    return Node(label, Words(en, zh), properties, glyph)


ID = text("id", "Identifier", "标识", unique=True)
VERSION = integer("version", "Version", "版本号")
LOCK = integer("lock", "Lock", "锁")
NUMBER = text("number", "Number", "编号", lookup=True, searchable=True)
STATUS = text("status", "Status", "状态", lookup=True)
AUDIENCE = texts("audience", "Audience", "可见范围")
GUARDED = texts("guarded_audience", "Audience of the guarded side", "受限内容可见范围")
CREATED = time("created_at", "Created", "创建时间")
UPDATED = time("updated_at", "Updated", "更新时间")
PUBLISHED = time("published_at", "Published", "公开时间")
SUBMITTED = time("submitted_at", "Submitted", "提交时间")
SOURCE = text("source_key", "Source identifier", "来源标识", lookup=True)
SOURCE_NAME = text("source", "Source", "来源")
BATCH = text("batch_id", "Import batch", "导入批次", lookup=True)
REASON = text("reason", "Reason", "理由")
NAME = text("name", "Name", "名称", searchable=True)
KNOWN_NAME = text("name", "Name", "名称", lookup=True, searchable=True)
TITLE = text("title", "Title", "标题", searchable=True)
SUMMARY = text("summary", "Description", "说明", searchable=True)
BENEFIT = text("benefit", "Benefit in one line", "一句话效益", searchable=True)
FIELD = text("field", "Technology field", "技术领域", lookup=True)
BASE = (ID, VERSION, LOCK, CREATED, UPDATED)
COPY = text("revision", "Working copy", "修订稿")
ENTERED = text("entered_by", "Entered by", "录入人")
SHOWN = (*BASE, NUMBER, STATUS, COPY, ENTERED, AUDIENCE, SOURCE, SOURCE_NAME, BATCH, PUBLISHED, SUBMITTED, REASON)

NODES = (
    node("Organisation", "Union organisation", "工会组织", *BASE, AUDIENCE, KNOWN_NAME, SOURCE, STATUS,
         text("kind", "Kind", "类别", lookup=True), text("short_name", "Short name", "简称", lookup=True), text("code", "Code", "代码", lookup=True),
         text("name_en", "English name", "英文名称"), texts("lineage", "Itself and its ancestors", "本级及上级"), text("area", "Sub-district", "所在街乡", lookup=True),
         text("successor_id", "Succeeded by", "承接单位", lookup=True), date("ended_on", "Ended on", "终止日期"), REASON, glyph="organisation"),
    node("Enterprise", "Enterprise", "企业", *SHOWN, GUARDED, KNOWN_NAME, SUMMARY, FIELD, text("short_name", "Short name", "简称"),
         text("name_en", "English name", "英文名称"), text("uscc", "Unified social credit code", "统一社会信用代码", unique=True),
         text("size", "Size", "规模"), texts("fields", "Technology fields", "技术领域"), texts("missing", "Missing", "缺少内容"),
         text("contact_name", "Contact", "联系人", personal=about.CONTACT_NAME), text("contact_phone", "Contact phone", "联系电话", personal=about.CONTACT_PHONE),
         date("joined_on", "Joined on", "入驻日期"), glyph="enterprise"),
    node("Worker", "Worker", "职工", *SHOWN, GUARDED, text("name", "Name", "姓名", searchable=True, lookup=True, personal=about.NAME), text("headline", "In one line", "一句话介绍", searchable=True),
         text("level", "Skill level", "技能等级", lookup=True), text("occupation", "Occupation", "职业（工种）", lookup=True), FIELD,
         text("id_number", "Identity number", "居民身份证号", personal=about.IDENTITY),
         text("id_number_index", "Digest of the identity number", "身份证号查找摘要", lookup=True, personal=about.EQUALITY),
         text("phone", "Mobile phone", "手机号", personal=about.PHONE), text("phone_index", "Digest of the phone", "手机号查找摘要", lookup=True, personal=about.EQUALITY),
         text("bank_account", "Bank account", "银行账号", personal=about.ACCOUNT), text("born_on", "Date of birth", "出生日期", personal=about.BIRTH),
         integer("birth_month", "Month of birth", "出生月份", personal=about.COHORT), text("sex", "Sex", "性别", personal=about.COHORT),
         date("joined_on", "Joined on", "入职日期"), texts("agreed_uses", "Uses agreed to", "同意的用途", personal=about.CHOICES),
         texts("offers", "Open to", "可提供"), date("offers_until", "Open until", "可提供至"), texts("concealed", "Relations kept back", "不公开的关系"),
         texts("missing", "Missing", "缺少内容"), glyph="worker"),
    node("Studio", "Innovation studio", "职工创新工作室", *SHOWN, GUARDED, NAME, SUMMARY, text("level", "Level", "级别", lookup=True), FIELD,
         texts("fields", "Technology fields", "技术领域"), date("named_on", "Named on", "命名日期"), date("until", "Until", "截止"),
         text("equipment", "Equipment", "设备条件"), texts("missing", "Missing", "缺少内容"), glyph="studio"),
    node("Association", "Technical association", "职工技术协会", *SHOWN, GUARDED, NAME, SUMMARY, text("kind", "Kind", "类别"), FIELD,
         texts("fields", "Technology fields", "技术领域"), date("founded_on", "Founded on", "成立日期"), glyph="association"),
    node("Achievement", "Achievement", "成果", *SHOWN, GUARDED, TITLE, BENEFIT, SUMMARY, FIELD,
         text("title_en", "English title", "英文标题", searchable=True), text("kind", "Kind", "成果类型", lookup=True),
         text("maturity_scale", "Maturity scale", "成熟度标尺"), integer("maturity", "Maturity", "成熟度"),
         text("gain_metric", "What was measured", "测量指标"), number("gain_before", "Before", "改进前"), number("gain_after", "After", "改进后"),
         text("gain_unit", "Unit", "单位"), text("conditions", "Where it applies", "适用条件", searchable=True),
         text("not_for", "Where it does not apply", "不适用", searchable=True), text("via", "Handed in through", "提交途径"),
         date("completed_on", "Completed on", "完成日期"), texts("missing", "Missing", "缺少内容"), texts("skills", "Skills", "所用技能"),
         glyph="achievement"),
    node("Patent", "Patent", "专利", *SHOWN, GUARDED, TITLE, SUMMARY, FIELD, text("patent_number", "Patent number", "专利号", lookup=True, searchable=True),
         text("type", "Patent type", "专利类型"), text("ipc", "IPC symbol", "国际专利分类号", searchable=True), text("applicant", "Applicant", "申请人"),
         texts("inventor_names", "Inventors in order", "发明人（按顺序）"), date("filed_on", "Filed on", "申请日"),
         date("published_on", "Published on", "公开日"), date("granted_on", "Granted on", "授权日"), texts("missing", "Missing", "缺少内容"),
         text("legal_status", "Legal status", "法律状态", lookup=True), glyph="patent"),
    node("Listing", "Listing", "供给", *SHOWN, GUARDED, TITLE, BENEFIT, SUMMARY, FIELD,
         text("contract_kind", "Contract kind", "合同类型", lookup=True), text("sub_kind", "Sub-kind", "合同细类"),
         text("price_mode", "Price mode", "计价方式"), integer("price_fen", "Price or entry fee", "价款或入门费"),
         integer("royalty_bp", "Royalty rate", "提成比例"), text("price_note", "Terms of payment", "付款说明"),
         flag("price_on_enquiry", "Price on enquiry", "价格面询"), text("region", "Region", "适用地域"), flag("exclusive", "Exclusive", "独占"),
         date("valid_from", "Valid from", "生效日期"), date("valid_until", "Valid until", "有效期至"), glyph="listing"),
    node("Need", "Need", "难题", *SHOWN, GUARDED, TITLE, FIELD, text("abstract", "Abstract", "摘要", searchable=True),
         text("problem", "Problem", "问题描述", searchable=True), text("visibility", "Visibility", "公开方式"),
         integer("budget_low_fen", "Budget from", "预算下限"), integer("budget_high_fen", "Budget to", "预算上限"),
         date("deadline", "Deadline", "截止日期"), texts("skills", "Skills", "所需技能"), texts("missing", "Missing", "缺少内容"),
         texts("indicators", "Indicators to reach", "要达到的指标"), time("revealed_at", "Name shown", "公开名称时间"),
         text("poster_name", "Enterprise", "发布企业"), glyph="need"),
    node("Enquiry", "Enquiry", "意向", *BASE, NUMBER, STATUS, AUDIENCE, text("text", "Question", "问题"), text("answer", "Answer", "答复"),
         time("answered_at", "Answered", "答复时间"), text("about_kind", "About", "所问事项"), text("about_title", "About", "所问事项")),
    node("MatchOpinion", "Opinion on a match", "匹配评价", *BASE, STATUS, AUDIENCE, text("key", "Of whom on what", "评价键", unique=True),
         text("verdict", "Opinion", "评价"), integer("ordinal", "Version judged", "所评版本")),
    node("Occupation", "Occupation", "职业（工种）", text("code", "Code", "代码", unique=True), text("zh", "Chinese name", "中文名称"),
         text("en", "English name", "英文名称")),
    node("Skill", "Skill", "技能", ID, text("zh", "Chinese name", "中文名称", lookup=True), text("en", "English name", "英文名称"), FIELD, glyph="skill"),
    node("TechnologyField", "Technology field", "技术领域", text("code", "Code", "代码", unique=True), text("zh", "Chinese name", "中文名称"),
         text("en", "English name", "英文名称"), text("parent", "Parent", "上级")),
    node("Account", "Account", "账号", *BASE, STATUS, AUDIENCE, text("login", "Sign-in name", "登录名", unique=True, personal=about.LOGIN),
         text("name", "Name", "姓名", personal=about.ACCOUNT_NAME), text("password_hash", "Password", "密码"), integer("failures", "Failed sign-ins", "登录失败次数"),
         time("locked_until", "Locked until", "锁定至"), integer("generation", "Generation", "会话代次"),
         flag("must_change", "Has to choose a password", "须改密码"), time("second_factor_at", "Second factor since", "两步验证开通时间"),
         text("subject", "At the unit's own sign-in", "单位统一登录标识", unique=True, personal=about.SUBJECT)),
    node("Session", "Sign-in", "登录会话", ID, CREATED, time("seen_at", "Last seen", "最近使用"), time("revoked_at", "Revoked", "撤销时间"),
         text("device", "Device", "设备", personal=about.DEVICE), text("address", "Shortened address", "网络地址（已截短）", personal=about.DEVICE),
         time("proved_at", "Proved", "身份验证时间"), text("waits_for", "Still asked for", "待完成步骤")),
    node("SecondFactor", "Second factor", "两步验证", ID, LOCK, CREATED, text("sealed", "Sealed secret", "加密密钥"),
         integer("last_step", "Last time step used", "最近使用的时间步"), texts("codes", "Digests of recovery codes", "恢复码摘要")),
    node("PasswordReset", "One-time code for a new password", "重置码", ID, LOCK, CREATED, text("account_id", "Account", "账号", lookup=True),
         time("until", "Until", "至"), time("used_at", "Used", "使用时间"), text("by", "By", "经办人")),
    node("RoleRequest", "Change of an administrator's rights", "管理员权限变更", *BASE, STATUS, AUDIENCE, text("act", "Act", "事项"),
         text("account_id", "Concerns", "所涉账号", lookup=True), text("role", "Role", "角色"), text("place_kind", "Kind of place", "任职单位类别"),
         text("place_id", "Held at", "任职单位"), text("holding_id", "Holding", "任职记录"), time("until_at", "Until", "至"),
         text("proposed_by", "Proposed by", "提出人"), text("decided_by", "Decided by", "决定人"), time("expires_at", "Expires", "到期时间"), REASON),
    node("Consent", "Consent", "同意记录", ID, CREATED, AUDIENCE, text("entity_id", "Of", "所属", lookup=True), texts("parts", "Parts shown", "公开的内容"),
         texts("uses", "Uses agreed to", "同意的用途"), text("wording", "Wording", "告知文本版本"), text("by", "By", "经办人")),
    node("PersonKey", "Key of personal values", "个人信息密钥", ID, LOCK, text("wrapped", "Wrapped key", "受保护的密钥"),
         text("master", "Name of the master key", "主密钥名称")),
    node("Look", "Look at personal data", "个人信息查看记录", ID, AUDIENCE, time("at", "At", "时间"), text("kind", "Kind", "类别"),
         text("of", "Of", "所属", lookup=True), text("by", "By", "查看人", lookup=True), text("by_name", "By", "查看人"), text("unit_name", "Unit", "单位"),
         texts("fields", "Fields", "字段"), text("purpose", "Purpose", "用途"), text("note", "In own words", "说明", personal=about.LOOK)),
    node("Erasure", "Request to erase", "删除申请", *BASE, NUMBER, STATUS, AUDIENCE, text("worker_id", "Of", "所属", lookup=True), text("by", "By", "经办人"),
         texts("units", "Units above", "所属单位"), REASON, time("done_at", "Erased", "删除时间")),
    node("Erased", "Erased person", "已删除的人员", ID, time("at", "At", "时间")),
    node("Merge", "Merge of two people", "人员合并", *BASE, STATUS, AUDIENCE, text("kept_id", "Kept", "保留", lookup=True),
         text("gone_id", "Merged into it", "并入", lookup=True), text("by", "By", "经办人"), text("body", "What was moved", "移动内容", personal=about.MERGE),
         text("undone_by", "Separated by", "拆分人"), time("undone_at", "Separated", "拆分时间")),
    node("StoredFile", "File", "文件", ID, CREATED, AUDIENCE, NAME, text("path", "Place", "存放位置"), text("media_type", "Type", "类型"),
         integer("size", "Size", "大小"), text("digest", "Digest", "摘要值", lookup=True), text("access", "For whom", "开放范围"),
         text("owner_id", "Belongs to", "所属", lookup=True)),
    node("ImportBatch", "Import", "导入批次", *BASE, NUMBER, STATUS, AUDIENCE, text("kind", "Kind", "类别"), text("file_name", "File", "文件名"),
         integer("rows", "Rows", "行数"), integer("created", "Created", "新建"), integer("skipped", "Unchanged", "未变"),
         integer("refused", "Refused", "未通过"), text("account_id", "By", "经办人"), text("by", "By", "经办人"), SOURCE_NAME,
         integer("done", "Rows looked at", "已处理行数"), integer("kept", "Kept", "保留"), flag("publish", "Publish at once", "直接公开"),
         flag("whole", "All or nothing", "全部或不导入"), text("place", "Place", "存放位置"), text("report", "Report", "校验报告"),
         text("unit_id", "Unit", "单位"), texts("units", "Units above", "所属单位")),
    node("Version", "Version", "历史版本", ID, CREATED, AUDIENCE, STATUS, text("entity_id", "Of", "所属", lookup=True), text("kind", "Kind", "类别"),
         integer("ordinal", "Ordinal", "第几版"), text("body", "Content", "内容"), text("by", "By", "经办人"), REASON),
    node("Draft", "Draft", "草稿", ID, CREATED, UPDATED, text("account_id", "Of", "所属", lookup=True), text("form", "Form", "表单"),
         text("body", "Content", "内容"), time("expires_at", "Expires", "到期时间"), integer("seen", "Version seen", "所见版本")),
    node("Download", "Export of a search", "检索导出", *BASE, AUDIENCE, text("format", "Format", "格式"), text("words", "Digest of the words", "检索词摘要"),
         texts("filters", "Filters", "筛选项"), text("sort", "Order", "排序"), integer("rows", "Rows", "行数"), text("by", "By", "经办人", lookup=True)),
    node("Guard", "Guard", "守卫", ID, LOCK, integer("next", "Next number", "下一个编号"), time("until", "Until", "至"), text("holder", "Holder", "持有者"),
         integer("term", "Term", "任期"), integer("sequence", "Sequence", "序号"), text("seal", "Seal", "封印"), text("applied_at", "Applied", "执行时间")),
    node("FormKey", "Form key", "表单键", ID, CREATED, text("digest", "Digest", "摘要值"), text("kind", "Kind", "类别"), text("entity_id", "Entity", "对象")),
    node("OutboxEvent", "Event", "待办事件", ID, text("kind", "Kind", "类别"), text("entity_id", "Entity", "对象", lookup=True), text("verb", "Verb", "动作"),
         flag("takes_away", "Takes away", "收回可见", lookup=True), time("at", "At", "时间"), integer("tries", "Tries", "尝试次数"), text("audit_id", "Audit entry", "审计条目"),
         text("problem", "Problem", "问题"), text("status", "Status", "状态")),
    node("AuditEntry", "Audit entry", "审计条目", ID, AUDIENCE, text("kind", "Kind", "类别"), text("entity_id", "Entity", "对象", lookup=True),
         text("verb", "Verb", "动作"), text("account_id", "By", "操作者", lookup=True), time("at", "At", "时间"), texts("fields", "Fields", "字段"),
         text("for_account", "For", "代表"), text("from_status", "From", "原状态"), text("to_status", "To", "新状态"),
         integer("sequence", "Sequence", "序号", lookup=True),
         text("previous", "Previous digest", "前一摘要"), text("seal", "Seal", "封印"), text("purpose", "Purpose", "用途"),
         text("shelf", "Filed under", "归档单位", lookup=True), text("act", "Filed under, by verb", "归档单位与动作", lookup=True)),
    node("AuditDay", "Day of the audit", "审计日", ID, LOCK, integer("first", "First", "起始序号"), integer("last", "Last", "截止序号")),
    node("AuditArchive", "Archive of the audit", "审计归档", ID, CREATED, AUDIENCE, integer("first", "First", "起始序号"), integer("last", "Last", "截止序号"),
         text("previous", "Previous digest", "前一摘要"), text("seal", "Seal", "封印"), text("place", "Place", "存放位置")),
    node("AuditCheck", "Check of the audit", "审计核验", ID, CREATED, AUDIENCE, STATUS, text("by", "By", "经办人"), time("finished_at", "Finished", "完成时间"),
         integer("entries", "Entries", "条目数"), texts("faults", "Faults", "问题")),
    node("Notice", "Notice", "消息", ID, CREATED, text("account_id", "For", "接收人", lookup=True), text("kind", "Kind", "类别"),
         text("entity_id", "Entity", "对象", lookup=True), text("verb", "Verb", "动作"), text("title", "Title", "标题"), time("read_at", "Read", "已读时间"),
         text("topic", "Topic", "消息类别"), text("delivery", "Mail", "邮件投递", lookup=True), text("letter", "Letter", "邮件"),
         time("mailed_at", "Mailed", "发信时间"), time("until", "Until", "至")),
    node("Postbox", "Postbox", "消息设置", *BASE, STATUS, AUDIENCE, text("email", "E-mail address", "电子邮箱", personal=about.EMAIL),
         time("confirmed_at", "Confirmed", "确认时间"), time("asked_at", "Asked to confirm", "请求确认时间"), texts("choices", "How to be told", "接收方式"),
         text("language", "Language", "语言"), text("letter", "Letter to send", "待发邮件", lookup=True), integer("tries", "Tries", "尝试次数"),
         text("problem", "Problem", "问题"), time("claimed_until", "Being sent until", "占用至")),
    node("Announcement", "Announcement", "公告", *BASE, STATUS, AUDIENCE, TITLE, text("text", "Text", "正文"), text("link", "Link", "链接"),
         text("unit_id", "Unit", "发布范围"), texts("units", "Units above", "所属单位"), text("by", "By", "发布人", lookup=True),
         time("goes_out_at", "Goes out", "发出时间"), date("shown_from", "From", "开始日期"), date("shown_until", "Until", "截止日期"),
         text("cursor", "Last unit told", "已送达单位"), integer("told", "People told", "送达人数")),
    node("Review", "Review", "审核", *BASE, STATUS, AUDIENCE, text("kind", "Kind", "类别"), text("entity_id", "Of", "所属", lookup=True),
         text("title", "Title", "标题"), text("number", "Number", "编号"), text("unit_name", "Unit", "单位"), texts("units", "Deciding units", "审核单位"),
         time("due_at", "Due", "期限"), text("claimed_by", "Claimed by", "认领人", lookup=True), text("claimed_name", "Claimed by", "认领人"),
         time("claimed_at", "Claimed", "认领时间"), text("outcome", "Outcome", "结果"), REASON, time("closed_at", "Closed", "办结时间"),
         text("stage", "Stage", "环节"), texts("makers", "Makers", "完成人"), texts("accounts", "Entered by", "录入人"),
         texts("declared", "No interest declared by", "已声明无利害关系"), texts("stood_back", "Stood back", "已回避")),
    node("Registration", "Registration", "入驻登记", *BASE, NUMBER, STATUS, AUDIENCE, REASON, text("matter", "Matter", "事项"), text("subject", "Name", "名称"),
         text("uscc", "Unified social credit code", "统一社会信用代码", lookup=True), text("contact_name", "Contact", "联系人", personal=about.CONTACT_NAME),
         text("phone", "Phone", "电话", personal=about.CONTACT_PHONE), text("login_wish", "Sign-in name wished", "希望使用的登录名", personal=about.LOGIN),
         text("account_id", "By", "登记人", lookup=True), text("party_id", "Enterprise", "企业", lookup=True), text("party_name", "Enterprise", "企业"),
         text("person_id", "Person", "人员", lookup=True), date("from_day", "From", "自"), text("result_id", "What came of it", "办理结果"),
         texts("review_units", "Deciding units", "审核单位"), time("due_at", "Due", "期限")),
    node("Invitation", "Invitation", "邀请", *BASE, NUMBER, STATUS, AUDIENCE, text("role", "Role", "角色"), text("party_kind", "Kind", "类别"),
         text("party_id", "To", "邀请加入", lookup=True), text("party_name", "To", "邀请加入"), text("person_id", "Person", "人员", lookup=True),
         text("as_role", "Role in it", "担任"), text("note", "For whom", "邀请对象", personal=about.INVITED), text("digest", "Digest", "摘要值", lookup=True), text("invited_by", "By", "邀请人"),
         text("invited_by_name", "By", "邀请人"), texts("units", "Units above", "所属单位"), time("expires_at", "Expires", "到期时间"),
         text("answered_by", "Answered by", "答复人"), time("answered_at", "Answered", "答复时间")),
    node("Report", "Report", "举报", *BASE, STATUS, AUDIENCE, text("kind", "Kind", "类别"), text("entity_id", "About", "所涉内容", lookup=True),
         text("text", "What is wrong", "问题说明"), text("title", "Title", "标题"), text("by", "By", "举报人", lookup=True),
         texts("units", "Units above", "所属单位"), text("outcome", "Outcome", "结果"), REASON),
    node("SavedView", "Saved view", "保存的视图", *BASE, STATUS, AUDIENCE, TITLE, text("note", "Note", "备注"), text("address", "Address", "地址")),
    node("Synonym", "Synonyms", "同义词", *BASE, STATUS, AUDIENCE, text("kind", "Kind", "类型", lookup=True), texts("words", "Words", "词语"),
         texts("finds", "Also finds", "同时查找"), texts("keys", "Compared as", "比较形式"), text("language", "Language", "语言"), text("note", "Note", "备注")),
    node("MissedWords", "Missed search words", "未搜到的词", *BASE, STATUS, AUDIENCE, text("words", "Words", "词语"), text("note", "Note", "备注")),
    node("MissedDay", "Missed searches of a day", "当日未搜到次数", ID, LOCK, text("words_id", "Of", "所属", lookup=True), date("day", "Day", "日期", lookup=True),
         integer("zero", "Without a result", "无结果次数"), integer("low", "With few results", "结果偏少次数")),
    node("NetworkExport", "Network export", "网络导出", *BASE, AUDIENCE, text("what", "What", "内容"), text("format", "Format", "格式"),
         integer("nodes", "Nodes", "节点数"), integer("links", "Links", "联系数"), text("by", "By", "经办人", lookup=True)),
    node("ConflictRule", "Rule on conflicts of interest", "利益冲突规则", *BASE, AUDIENCE, integer("years", "Years", "年数")),
    node("Analysis", "Network analysis", "人才网络分析", ID, AUDIENCE, time("started_at", "Started", "开始时间"), time("finished_at", "Finished", "完成时间"),
         date("day", "As of", "截至"), integer("seed", "Seed", "随机种子"), integer("pivots", "Starting points", "起点数"), integer("most_pivots", "Most starting points", "起点上限"),
         number("resolution", "Resolution", "分辨率"), number("damping", "Damping", "阻尼系数"), integer("nodes", "Nodes", "节点数"),
         integer("relations", "Links", "关系数"), integer("people", "People", "人数"), integer("groups", "Groups", "群组数"),
         integer("small_groups", "Small groups", "小群组数"), number("modularity", "Modularity", "模块度"), number("seconds", "Seconds", "用时（秒）"),
         text("problem", "Problem", "问题")),
    node("Figure", "Network figure", "网络指标", ID, text("kind", "Kind", "类别"),
         text("entity_id", "Of", "所属", lookup=True), text("group_id", "Group", "群组"), integer("links", "Links", "关系数"),
         number("influence", "Influence", "影响力"), number("bridging", "Bridging", "连接度"), integer("reach", "Other groups reached", "直接相连的其他群组"),
         text("listed", "Among the first", "名列前茅", lookup=True)),
    node("TalentGroup", "Group of the talent network", "人才网络群组", ID, text("run_id", "Of", "所属", lookup=True), integer("ordinal", "Ordinal", "序号"),
         integer("size", "Size", "规模"), integer("people", "People", "人数"), texts("skills", "Skills", "技能"), text("enterprise_id", "Enterprise", "企业"),
         text("area", "Sub-district", "所在街乡"), texts("leader_ids", "Key people", "关键人物")),
    node("ShortagePolicy", "Rules of the shortage list", "缺人预警规则", *BASE, integer("horizon_years", "Years looked ahead", "前瞻年数"),
         integer("few_holders", "Few people", "人数偏少"), integer("rising_by", "Needs rising by", "难题增加数"), integer("near_percent", "Near retirement", "临近退休比例"),
         integer("men_years", "Men, years", "男职工年龄"), integer("men_latest", "Men, at the latest", "男职工最高年龄"), integer("men_every", "Men, one month later for every", "男职工每几个月延迟一个月"),
         date("men_from", "Men, born from", "男职工起算出生日期"), integer("women_years", "Women, years", "女职工年龄"), integer("women_latest", "Women, at the latest", "女职工最高年龄"),
         integer("women_every", "Women, one month later for every", "女职工每几个月延迟一个月"), date("women_from", "Women, born from", "女职工起算出生日期"),
         text("source", "Source", "来源"), AUDIENCE),
)  # fmt: skip
