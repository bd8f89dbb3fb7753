"""The registry of personal data: what each value about a person is for, on which ground it is kept, how long, and who reads it.

The privacy page is made from it, the job that removes what is kept too long goes by it, and what it says is sealed lies sealed."""

from graph.schema import Basis, Keeping, Personal, Seen, Since, Words

YEAR = 365
WHILE_THERE = Keeping(Since.ERASED)
AFTER_LEAVING = Keeping(Since.LEFT, 3 * YEAR)
"""As long as a subsidy or a share of income may be contested (Civil Code, article 188)."""
AFTER_RECORDING = Keeping(Since.RECORDED, 3 * YEAR)
"""PIPL, article 56: records of such use are kept for three years at least."""

NAME = Personal(
    Words("Says whose card, work and share it is", "说明名片、成果和份额属于谁"), Basis.CONSENT, WHILE_THERE, Seen.SIGNED_IN, drafted=True
)
IDENTITY = Personal(
    Words("Tells people of one name apart, and proves who may be paid", "区分同名职工，核实补贴和收益的领取人"),
    Basis.DUTY,
    AFTER_LEAVING,
    Seen.SELF_AND_ABOVE,
    sealed=True,
)
PHONE = Personal(
    Words("To be reached about classes, shares and payments", "通知培训、份额确认和发放事宜"),
    Basis.DUTY,
    AFTER_LEAVING,
    Seen.SELF_AND_ABOVE,
    sealed=True,
)
ACCOUNT = Personal(Words("To pay subsidies and income to", "发放补贴和收益"), Basis.SEPARATE_CONSENT, AFTER_LEAVING, Seen.SELF_AND_ABOVE, sealed=True)
BIRTH = Personal(
    Words("Age conditions of classes and subsidies", "核对培训和补贴的年龄条件"), Basis.DUTY, AFTER_LEAVING, Seen.SELF_AND_ABOVE, sealed=True
)
COHORT = Personal(
    Words("Figures of who retires soon, in groups of five and more", "统计即将退休的人数（五人以上成组）"),
    Basis.DUTY,
    AFTER_LEAVING,
    Seen.SELF_AND_ABOVE,
)
CERTIFICATE = Personal(Words("Proves a skill level", "证明技能等级"), Basis.DUTY, AFTER_LEAVING, Seen.SELF_AND_ABOVE, sealed=True)
EQUALITY = Personal(
    Words("Finds a person by a number that is known already, and people entered twice; the number does not follow from it",
          "用已知号码查找本人、发现重复登记；由它得不出号码"), Basis.DUTY, AFTER_LEAVING, Seen.NOBODY
)  # fmt: skip
CONTACT_NAME = Personal(Words("Whom readers with an enquiry ask for", "答复意向的联系人"), Basis.CONTRACT, WHILE_THERE, Seen.SELF_AND_ABOVE)
CONTACT_PHONE = Personal(Words("To be reached about enquiries", "答复意向的联系方式"), Basis.CONTRACT, WHILE_THERE, Seen.SELF_AND_ABOVE, sealed=True)
LOGIN = Personal(Words("To sign in", "登录"), Basis.CONTRACT, Keeping(Since.CLOSED), Seen.SELF)
ACCOUNT_NAME = Personal(Words("Says who acts", "说明由谁办理"), Basis.CONTRACT, Keeping(Since.CLOSED), Seen.SELF_AND_ABOVE)
SUBJECT = Personal(Words("To sign in by one's own unit", "通过本单位统一登录"), Basis.CONTRACT, Keeping(Since.CLOSED), Seen.SELF)
DEVICE = Personal(
    Words("Lets each person see where they are signed in, and end it", "让本人查看并退出各处登录"), Basis.CONTRACT, Keeping(Since.CLOSED), Seen.SELF
)
EMAIL = Personal(Words("To send letters to", "发送邮件通知"), Basis.CONSENT, WHILE_THERE, Seen.SELF, sealed=True)
INVITED = Personal(Words("Says whom an invitation is meant for", "说明邀请对象"), Basis.CONTRACT, WHILE_THERE, Seen.SELF_AND_ABOVE)
MERGE = Personal(
    Words("Two entries that were made one can be separated again", "合并错误时恢复原状"), Basis.DUTY, AFTER_RECORDING, Seen.ABOVE, sealed=True
)
LOOK = Personal(
    Words("Shows each person who used their numbers, and why", "让本人知道谁因何查看过"), Basis.DUTY, AFTER_RECORDING, Seen.SELF_AND_ABOVE
)
CHOICES = Personal(Words("Proves what was agreed to, and withdrawn", "证明同意和撤回"), Basis.DUTY, AFTER_RECORDING, Seen.SELF_AND_ABOVE)
