"""Deadlines and measures of the market: figures that no law names, so each union sets its own."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings


class MarketSettings(BaseSettings):
    """Part of the site's settings; read with them."""

    saved_searches: int = Field(default=100, ge=1, le=1_000, description="Saved searches that one account may keep.")
    answer_workdays: int = Field(default=5, ge=1, le=60, description="Workdays for answering an enquiry; on the last one its makers are reminded.")
    offer_workdays: int = Field(default=10, ge=1, le=120, description="Workdays for which a new offer proposes to hold.")
    first_refusal_workdays: int = Field(default=15, ge=1, le=120, description="Workdays in which those asked first (Civil Code, article 847) answer.")
    income_objection_days: int = Field(default=15, ge=1, le=250, description="Workdays in which a contributor may object to a line of the ledger.")
    income_answer_days: int = Field(
        default=5, ge=1, le=250, description="Workdays in which the unit answers, and in which its answer may be passed on."
    )
    figures_months: int = Field(default=12, ge=0, le=120, description="So long after publication an achievement counts in the conversion rate.")
    figures_minutes: int = Field(default=10, ge=1, le=1440, description="Figures that are looked at are counted anew when they are older.")
    listing_reminder_days: int = Field(default=30, ge=1, le=365, description="So long before a listing expires its offerer is reminded, once.")
    view_days: int = Field(default=400, ge=30, le=2000, description="For so long the views of listings and achievements are kept, by day.")
    paper_font: Path | None = Field(default=None, description="TrueType font in which papers are set; empty means the one that comes along.")
    milestone_reminder_workdays: int = Field(default=5, ge=0, le=60, description="So many workdays before its day both sides hear of a milestone.")
    challenge_judging_workdays: int = Field(default=10, ge=1, le=120, description="Workdays that experts have to judge the teams of a challenge.")
    challenge_notice_workdays: int = Field(default=5, ge=1, le=60, description="Workdays for which a choice stands under public notice.")
    challenge_reviewers: int = Field(default=3, ge=1, le=20, description="Reviews of each team that a new challenge asks for.")
    rating_days: int = Field(default=30, ge=1, le=365, description="So many days after acceptance both sides may rate; then what was said is shown.")
    rating_least: int = Field(default=3, ge=1, le=50, description="Means are shown from so many ratings on.")
    introductions_a_day: int = Field(default=10, ge=1, le=500, description="Introductions that one scout may make in a day.")
    introduction_least: int = Field(default=20, ge=1, le=500, description="Characters in which a scout says at least why two fit.")
    introduction_most: int = Field(default=600, ge=20, le=5_000, description="Characters in which a scout says at most why two fit.")
    challenge_criteria: str = Field(
        default="技术可行性=35 先进性=25 实施计划=20 费用合理性=20", description="Criteria that a new challenge proposes, with weights in percent."
    )
    auction_late_minutes: int = Field(default=5, ge=1, le=60, description="A bid in the last minutes moves the end: what a new auction proposes.")
    auction_extend_minutes: int = Field(default=5, ge=1, le=60, description="Minutes by which it moves, as a new auction proposes them.")
    auction_sign_workdays: int = Field(default=10, ge=1, le=60, description="Workdays to sign the contract that a new auction proposes.")
    auction_return_workdays: int = Field(default=5, ge=1, le=60, description="Workdays to send deposits back that a new auction proposes.")
