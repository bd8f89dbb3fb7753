"""Every kind of thing on one page: how it is read, what search sees of it, what hangs on it."""

from marketplace.domains.achievements import document as achievement_documents
from marketplace.domains.achievements import model as achievement
from marketplace.domains.achievements import repository as achievements
from marketplace.domains.announcements import document as announcement_documents
from marketplace.domains.announcements import model as announcement
from marketplace.domains.announcements import repository as announcements
from marketplace.domains.associations import document as association_documents
from marketplace.domains.associations import model as association
from marketplace.domains.associations import repository as associations
from marketplace.domains.auctions import document as auction_documents
from marketplace.domains.auctions import model as auction
from marketplace.domains.auctions import repository as auctions
from marketplace.domains.bids import document as bidder_documents
from marketplace.domains.bids import model as bid
from marketplace.domains.bids import repository as bids
from marketplace.domains.challenges import document as challenge_documents
from marketplace.domains.challenges import model as challenge
from marketplace.domains.challenges import repository as challenges
from marketplace.domains.contracts import document as contract_documents
from marketplace.domains.contracts import model as contract
from marketplace.domains.contracts import repository as contracts
from marketplace.domains.enquiries import document as enquiry_documents
from marketplace.domains.enquiries import model as enquiry
from marketplace.domains.enquiries import repository as enquiries
from marketplace.domains.enterprises import document as enterprise_documents
from marketplace.domains.enterprises import repository as enterprises
from marketplace.domains.introductions import document as introduction_documents
from marketplace.domains.introductions import model as introduction
from marketplace.domains.introductions import repository as introductions
from marketplace.domains.invitations import document as invitation_documents
from marketplace.domains.invitations import model as invitation
from marketplace.domains.invitations import repository as invitations
from marketplace.domains.judgements import document as judgement_documents
from marketplace.domains.judgements import model as judgement
from marketplace.domains.judgements import repository as judgements
from marketplace.domains.ledger import document as posting_documents
from marketplace.domains.ledger import model as posting
from marketplace.domains.ledger import repository as ledger
from marketplace.domains.listings import document as listing_documents
from marketplace.domains.listings import model as listing
from marketplace.domains.listings import repository as listings
from marketplace.domains.listings import service as listing_service
from marketplace.domains.milestones import document as milestone_documents
from marketplace.domains.milestones import model as milestone
from marketplace.domains.milestones import repository as milestones
from marketplace.domains.missed import document as missed_documents
from marketplace.domains.missed import model as miss
from marketplace.domains.missed import repository as missed
from marketplace.domains.needs import document as need_documents
from marketplace.domains.needs import model as need
from marketplace.domains.needs import repository as needs
from marketplace.domains.objections import document as objection_documents
from marketplace.domains.objections import model as objection
from marketplace.domains.objections import repository as objections
from marketplace.domains.offers import document as offer_documents
from marketplace.domains.offers import model as offer
from marketplace.domains.offers import repository as offers
from marketplace.domains.offers import service as offer_service
from marketplace.domains.organisations import document as organisation_documents
from marketplace.domains.organisations import repository as organisations
from marketplace.domains.patents import document as patent_documents
from marketplace.domains.patents import repository as patents
from marketplace.domains.payments import document as payment_documents
from marketplace.domains.payments import model as payment
from marketplace.domains.payments import repository as payments
from marketplace.domains.proposals import document as proposal_documents
from marketplace.domains.proposals import model as proposal
from marketplace.domains.proposals import repository as proposals
from marketplace.domains.ratings import document as rating_documents
from marketplace.domains.ratings import model as rating
from marketplace.domains.ratings import repository as ratings
from marketplace.domains.ratings import service as rating_service
from marketplace.domains.registrations import document as registration_documents
from marketplace.domains.registrations import model as registration
from marketplace.domains.registrations import repository as registrations
from marketplace.domains.reviews import document as report_documents
from marketplace.domains.reviews import model as review
from marketplace.domains.reviews import repository as reviews
from marketplace.domains.saved_searches import document as saved_search_documents
from marketplace.domains.saved_searches import model as saved_search
from marketplace.domains.saved_searches import repository as saved_searches
from marketplace.domains.share_rules import document as share_rule_documents
from marketplace.domains.share_rules import model as share_rule
from marketplace.domains.share_rules import repository as share_rules
from marketplace.domains.studios import document as studio_documents
from marketplace.domains.studios import model as studio
from marketplace.domains.studios import repository as studios
from marketplace.domains.views import document as view_documents
from marketplace.domains.views import model as view
from marketplace.domains.views import repository as views
from marketplace.domains.vocabulary import document as synonym_documents
from marketplace.domains.vocabulary import model as synonym
from marketplace.domains.vocabulary import repository as synonyms
from marketplace.domains.workers import document as worker_documents
from marketplace.domains.workers import model as worker
from marketplace.domains.workers import repository as workers
from marketplace.kernel.contributions import list_contributors
from marketplace.kernel.invitations import get_invitation, get_invitations
from marketplace.kernel.rooms import Room, all_of, in_turn
from marketplace.processes.adoption import model as adoption
from marketplace.processes.challenges import service as challenge_service
from marketplace.processes.consent import service as consent_service
from marketplace.processes.contract_papers import model as papers
from marketplace.processes.deals import document as deal_documents
from marketplace.processes.deals import model as deal
from marketplace.processes.deals import repository as deals
from marketplace.processes.deals import service as deal_service
from marketplace.processes.erasure import document as erasure_documents
from marketplace.processes.erasure import model as erasure
from marketplace.processes.erasure import repository as erasures
from marketplace.processes.erasure import service as erasure_service
from marketplace.processes.imports import service as import_service
from marketplace.processes.income import service as income_service
from marketplace.processes.looks import service as look_service
from marketplace.processes.objecting import service as objecting_service
from marketplace.processes.rights import document as right_documents
from marketplace.processes.rights import model as right
from marketplace.processes.rights import repository as rights
from marketplace.processes.rights import service as right_service
from marketplace.processes.succession import service as succession_service

ROOMS = {
    room.kind: room
    for room in (
        Room("organisation", organisations.get_organisation, organisations.list_organisation_ids, organisation_documents.documents_of,
             hang_on_any=organisations.list_hanging, falls_due=succession_service.finish_moves),
        Room("achievement", achievements.get_achievement, achievements.list_achievement_ids, achievement_documents.documents_of,
             get_many=achievements.get_achievements, renew_audience=achievements.renew_audience,
             hang_on_any=all_of(enquiries.list_enquiries_about, introductions.list_introductions_about, list_contributors, listings.list_listings_of),
             workflows=(achievement.WORKFLOW, achievement.REVISION, adoption.WORKFLOW)),
        Room("listing", listings.get_listing, listings.list_listing_ids, listing_documents.documents_of, get_many=listings.get_listings,
             renew_audience=listings.renew_audience, hang_on_any=all_of(enquiries.list_enquiries_about, introductions.list_introductions_about),
             workflows=(listing.WORKFLOW, listing.REVISION), falls_due=listing_service.expire_listings),
        Room("need", needs.get_need, needs.list_need_ids, need_documents.documents_of, get_many=needs.get_needs,
             renew_audience=needs.renew_audience, hang_on_any=all_of(enquiries.list_enquiries_about, introductions.list_introductions_about),
             workflows=(need.WORKFLOW, need.REVISION)),
        Room("enquiry", enquiries.get_enquiry, enquiries.list_enquiry_ids, enquiry_documents.documents_of, get_many=enquiries.get_enquiries,
             renew_audience=enquiries.renew_audience, workflows=(enquiry.WORKFLOW,)),
        Room("report", reviews.get_report, reviews.list_report_ids, report_documents.documents_of, workflows=(review.REPORTING,)),
        Room("studio", studios.get_studio, studios.list_studio_ids, studio_documents.documents_of, get_many=studios.get_studios,
             hang_on_any=studios.list_hanging, renew_audience=studios.renew_audience, workflows=(studio.WORKFLOW,)),
        Room("association", associations.get_association, associations.list_association_ids, association_documents.documents_of,
             get_many=associations.get_associations, hang_on_any=associations.list_hanging, renew_audience=associations.renew_audience,
             workflows=(association.WORKFLOW,)),
        Room("patent", patents.get_patent, patents.list_patent_ids, patent_documents.documents_of, get_many=patents.get_patents,
             hang_on_any=patents.list_hanging, renew_audience=patents.renew_audience),
        Room("enterprise", enterprises.get_enterprise, enterprises.list_enterprise_ids, enterprise_documents.documents_of,
             get_many=enterprises.get_enterprises, hang_on_any=all_of(enterprises.list_hanging, challenges.list_challenges_of),
             renew_audience=enterprises.renew_audience),
        Room("worker", workers.get_worker, workers.list_worker_ids, worker_documents.documents_of, get_many=workers.get_workers,
             hang_on_any=workers.list_hanging, renew_audience=workers.renew_audience, workflows=(worker.WORKFLOW,),
             falls_due=in_turn(consent_service.expire_offers, erasure_service.forget_numbers, look_service.forget_old_looks,
                               import_service.forget_uploads)),
        Room("announcement", announcements.get_announcement, announcements.list_announcement_ids, announcement_documents.documents_of,
             workflows=(announcement.WORKFLOW,)),
        Room("erasure", erasures.get_erasure, erasures.list_erasure_ids, erasure_documents.documents_of, workflows=(erasure.WORKFLOW,)),
        Room("synonym", synonyms.get_synonym, synonyms.list_synonym_ids, synonym_documents.documents_of, workflows=(synonym.WORKFLOW,)),
        Room("missed", missed.get_missed, missed.list_missed_ids, missed_documents.documents_of, workflows=(miss.WORKFLOW,)),
        Room("registration", registrations.get_registration, registrations.list_registration_ids, registration_documents.documents_of,
             get_many=registrations.get_registrations, renew_audience=registrations.renew_audience, workflows=(registration.WORKFLOW,)),
        Room("invitation", get_invitation, invitations.list_invitation_ids, invitation_documents.documents_of, get_many=get_invitations,
             workflows=(invitation.WORKFLOW,)),
        Room("role-request", rights.get_request, rights.list_request_ids, right_documents.documents_of, workflows=(right.WORKFLOW,),
             falls_due=right_service.expire_requests),
        Room("contract", contracts.get_contract, contracts.list_contract_ids, contract_documents.documents_of, get_many=contracts.get_contracts,
             renew_audience=contracts.renew_audience, hang_on_any=milestones.list_stages_of,
             workflows=(contract.WORKFLOW, papers.AMENDING, papers.ENDING)),
        Room("milestone", milestones.get_milestone, milestones.list_milestone_ids, milestone_documents.documents_of,
             get_many=milestones.get_milestones, renew_audience=milestones.renew_audience, workflows=(milestone.WORKFLOW,)),
        Room("offer", offers.get_offer, offers.list_offer_ids, offer_documents.documents_of, get_many=offers.get_offers,
             workflows=(offer.WORKFLOW,), falls_due=offer_service.expire_offers),
        Room("first-refusal", deals.get_first_refusal, deals.list_first_refusal_ids, deal_documents.documents_of,
             get_many=deals.get_first_refusals, workflows=(deal.WORKFLOW,), falls_due=deal_service.let_silence_count),
        Room("payment", payments.get_payment, payments.list_payment_ids, payment_documents.documents_of, get_many=payments.get_payments,
             renew_audience=payments.renew_audience, workflows=(payment.WORKFLOW,), falls_due=income_service.share_all_waiting),
        Room("posting", ledger.get_posting, ledger.list_posting_ids, posting_documents.documents_of, workflows=(posting.WORKFLOW,)),
        Room("share-rule", share_rules.get_rule, share_rules.list_rule_ids, share_rule_documents.documents_of, get_many=share_rules.get_rules,
             renew_audience=share_rules.renew_audience, workflows=(share_rule.WORKFLOW,)),
        Room("ledger-objection", objections.get_objection, objections.list_objection_ids, objection_documents.documents_of,
             get_many=objections.get_objections, workflows=(objection.WORKFLOW,), falls_due=objecting_service.settle_answered),
        Room("challenge", challenges.get_challenge, challenges.list_challenge_ids, challenge_documents.documents_of,
             get_many=challenges.get_challenges, renew_audience=challenges.renew_audience, workflows=(challenge.WORKFLOW,),
             falls_due=challenge_service.close_due),
        Room("proposal", proposals.get_proposal, proposals.list_proposal_ids, proposal_documents.documents_of, get_many=proposals.get_proposals,
             workflows=(proposal.WORKFLOW,)),
        Room("judgement", judgements.get_judgement, judgements.list_judgement_ids, judgement_documents.documents_of,
             get_many=judgements.get_judgements, workflows=(judgement.WORKFLOW,)),
        Room("saved-search", saved_searches.get_search, saved_searches.list_search_ids, saved_search_documents.documents_of,
             workflows=(saved_search.WORKFLOW,)),
        Room("auction", auctions.get_auction, auctions.list_auction_ids, auction_documents.documents_of, get_many=auctions.get_auctions,
             renew_audience=auctions.renew_audience, workflows=(auction.WORKFLOW,)),
        Room("bidder", bids.get_bidder, bids.list_bidder_ids, bidder_documents.documents_of, get_many=bids.get_bidders,
             renew_audience=bids.renew_audience, workflows=(bid.WORKFLOW,)),
        Room("rating", ratings.get_rating, ratings.list_rating_ids, rating_documents.documents_of, get_many=ratings.get_ratings,
             workflows=(rating.WORKFLOW,), falls_due=rating_service.show_due),
        Room("introduction", introductions.get_introduction, introductions.list_introduction_ids, introduction_documents.documents_of,
             get_many=introductions.get_introductions, renew_audience=introductions.renew_audience, workflows=(introduction.WORKFLOW,)),
        Room("view", views.get_view, views.list_view_ids, view_documents.documents_of, workflows=(view.WORKFLOW,)),
    )
}  # fmt: skip
