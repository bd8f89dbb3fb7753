"""create_app(): the explicit list of rooms, and what stands around each of them."""

import atexit
from contextlib import ExitStack
from pathlib import Path

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect
from jinja2 import FileSystemBytecodeCache
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.config import PACKAGE, Settings, templates_folder
from marketplace.domains.accounts.repository import load_visit
from marketplace.domains.accounts.views import room as accounts
from marketplace.domains.achievements.views import room as achievements
from marketplace.domains.announcements.views import room as announcements
from marketplace.domains.associations.views import room as associations
from marketplace.domains.challenges.views import room as announcing
from marketplace.domains.contracts.views import room as contract_text
from marketplace.domains.drafts.views import room as drafts
from marketplace.domains.enquiries.views import room as enquiries
from marketplace.domains.enterprises.views import room as enterprises
from marketplace.domains.judgements.views import room as judgements
from marketplace.domains.listings.views import room as listings
from marketplace.domains.milestones.views import room as milestones
from marketplace.domains.missed.views import room as missed
from marketplace.domains.needs.views import room as needs
from marketplace.domains.opinions.views import room as opinions
from marketplace.domains.organisations.views import room as organisations
from marketplace.domains.patents.views import room as patents
from marketplace.domains.postbox.views import room as postbox
from marketplace.domains.postbox.views import unsubscribe_now
from marketplace.domains.proposals.views import room as proposals
from marketplace.domains.repairs.views import room as repairs
from marketplace.domains.share_rules.views import room as share_rules
from marketplace.domains.sign_ins.views import room as sign_ins
from marketplace.domains.studios.views import room as studios
from marketplace.domains.views.views import room as views
from marketplace.domains.vocabulary.views import room as vocabulary
from marketplace.domains.workers.views import room as workers
from marketplace.opening import open_site
from marketplace.pages.auctions.bidders import room as bidders
from marketplace.pages.auctions.views import room as auctions
from marketplace.pages.audit.views import room as audit
from marketplace.pages.compare.views import room as compare
from marketplace.pages.contracts.views import room as contracts
from marketplace.pages.desk.views import room as desk
from marketplace.pages.downloads.views import room as downloads
from marketplace.pages.exports.views import room as exports
from marketplace.pages.figures.views import room as figures
from marketplace.pages.health import room as health
from marketplace.pages.help import room as help_pages
from marketplace.pages.home.views import room as home
from marketplace.pages.income.views import room as income
from marketplace.pages.introductions.views import room as introductions
from marketplace.pages.language import room as language
from marketplace.pages.matches.views import room as matching
from marketplace.pages.metrics import room as metrics
from marketplace.pages.my.views import room as my
from marketplace.pages.network.views import room as network
from marketplace.pages.notices.views import room as notices
from marketplace.pages.outbox import room as outbox
from marketplace.pages.people.views import room as people
from marketplace.pages.permissions.views import room as permissions
from marketplace.pages.questions.views import room as questions
from marketplace.pages.saved.views import room as saved
from marketplace.pages.saved.watching import room as watching
from marketplace.pages.search.views import room as search
from marketplace.pages.talent.views import room as talent
from marketplace.processes.adoption.views import room as adoption
from marketplace.processes.appointing.views import room as appointing
from marketplace.processes.challenges.views import room as challenges
from marketplace.processes.conflicts.views import room as conflicts
from marketplace.processes.consent.views import room as consent
from marketplace.processes.contract_papers.views import room as contract_papers
from marketplace.processes.conversation.views import room as conversation
from marketplace.processes.deals.views import first_refusals
from marketplace.processes.deals.views import room as deals
from marketplace.processes.duplicates.views import room as duplicates
from marketplace.processes.erasure.views import room as erasures
from marketplace.processes.evidence.views import room as evidence
from marketplace.processes.identity.views import room as identity
from marketplace.processes.imports.views import room as imports
from marketplace.processes.income.views import room as payments
from marketplace.processes.inviting.views import room as invitations
from marketplace.processes.joining.views import room as joining
from marketplace.processes.looks.views import room as looks
from marketplace.processes.objecting.views import room as objections
from marketplace.processes.protection.views import room as protection
from marketplace.processes.proving.views import ask_for_proof
from marketplace.processes.proving.views import room as proving
from marketplace.processes.rating.views import room as ratings
from marketplace.processes.registering.views import room as registering
from marketplace.processes.resets.views import room as resets
from marketplace.processes.rights.views import room as roles
from marketplace.processes.second_factor.views import room as second_factor
from marketplace.processes.shares.views import room as shares
from marketplace.processes.shortage.views import room as shortage
from marketplace.processes.succession.views import room as succession
from marketplace.processes.unit_sign_in.views import room as unit_sign_in
from marketplace.production import told, weaknesses
from marketplace.web.access import install_proof, refuse_undeclared_routes
from marketplace.web.bounds import install_bounds
from marketplace.web.following import install_following
from marketplace.web.fragments import install_fragments
from marketplace.web.frame import install_frame
from marketplace.web.headers import install_headers
from marketplace.web.identity import install_identity
from marketplace.web.kept import install_kept_pages
from marketplace.web.languages import install_languages
from marketplace.web.limits import install_limits
from marketplace.web.logs import configure_logs, install_logs
from marketplace.web.measures import install_measures
from marketplace.web.problems import install_problems
from marketplace.web.site import Site
from marketplace.web.turnstile import install_turnstile
from marketplace.web.viewing import install_viewing

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts, achievements, adoption, announcements, announcing, appointing, associations, auctions, audit, bidders, challenges, compare,
    conflicts, consent, contract_papers, contract_text, contracts, conversation, deals, desk, downloads, drafts, duplicates, enquiries,
    enterprises, erasures, evidence, exports, figures, first_refusals, health, help_pages, home, identity, imports, income, introductions,
    invitations, joining, judgements, language, listings, looks, matching, metrics, milestones, missed, my, needs, network, notices, objections,
    opinions, organisations, outbox, patents, payments, people, permissions, postbox, proposals, protection, proving, questions, ratings,
    registering, repairs, resets, roles, saved, search, second_factor, share_rules, shares, shortage, sign_ins, studios, succession, talent,
    unit_sign_in, views, vocabulary, watching, workers,
)  # fmt: skip


def create_app(settings: Settings | None = None, *, site: Site | None = None) -> Flask:
    """For a site that is open, or for one of this process' own, which ends with it. Raises RuntimeError for an undeclared route."""
    site = site or open_for_good(settings or Settings())
    app = Flask("marketplace", static_folder=str(PACKAGE / "static"), template_folder=str(templates_folder()))
    app.extensions["site"] = site
    install_cookies(app, site.settings)
    install_measures(app)
    install_logs(app)
    install_following(app)
    install_identity(app, load_visit)
    install_limits(app, site.settings)
    install_bounds(app, most_bytes=site.settings.most_upload_bytes)
    CSRFProtect(app)
    install_languages(app)
    install_headers(app, https=site.settings.https)
    install_problems(app)
    install_turnstile(app, site.settings)
    install_proof(app, ask_for_proof)
    for room in BLUEPRINTS:
        app.register_blueprint(room)
    install_frame(app, site.settings)
    install_viewing(app)
    install_fragments(app)
    install_kept_pages(app)
    app.extensions["csrf"].exempt(unsubscribe_now)
    refuse_undeclared_routes(app)
    return app


def private_folder(folder: Path) -> Path:
    """Compiled templates are run: nobody else may write them."""
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def install_cookies(app: Flask, settings: Settings) -> None:
    """The name binds the cookie to this host and to HTTPS, where there is HTTPS."""
    app.config.update(
        SECRET_KEY=settings.signing_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(private_folder(settings.data / "templates")))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def open_for_good(settings: Settings) -> Site:
    """For servers that import `wsgi`: the engines and the relay's thread end when the process does. Raises RuntimeError for weak settings."""
    if found := weaknesses(settings):
        raise RuntimeError(told(found))
    configure_logs(machine_readable=True)
    opened = ExitStack()
    atexit.register(opened.close)
    site = opened.enter_context(open_site(settings))
    if settings.relay_inside:
        site.relay.start()
    return site


def warm(app: Flask) -> None:
    """The first reader must not wait for templates to compile and dictionaries to load."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    app.test_client().get("/", headers={"Accept-Language": "zh-CN"})
