"""Which acts the public reads with their content, and whose names stand beside an act. What is not listed is withheld.

That an act took place, when, by which office, on what ground and on what record is public for every act, and the chain
and the log prove it. The content is public where the law publishes it anyway; it is withheld where it tells of people,
or where it must stay unseen for a while (digits that one member entered and another has yet to enter).
"""

from __future__ import annotations

from enum import StrEnum

PUBLIC = frozenset(
    {
        "answer_list.carried_out",
        "body.established",
        "certificate.key_published",
        "certificate.key_withdrawn",
        "commission.contact_set",
        "commission.established",
        "commission.seats_set",
        "commissions.established",
        "cooperation.invitation_answered",
        "cooperation.invitation_delivered",
        "cooperation.invited",
        "cooperation.loaded",
        "cooperation.proposal_received",
        "cooperation.published",
        "deadline.fulfilled",
        "decision.published",
        "document.issued",
        "election.ballot_order_drawn",
        "election.ballot_set",
        "election.called",
        "election.clock_moved",
        "election.lists_set",
        "election.moment_recorded",
        "election.postponed",
        "election.precincts_set",
        "entry.claimed",
        "entry.finished",
        "entry.released",
        "law.text_imported",
        "lot.drawn",
        "lot.list_published",
        "lot.voided",
        "minutes.published",
        "precinct.invalidated",
        "precinct.invalidation_lifted",
        "protocol.accepted_with_act",
        "protocol.entered_again",
        "protocol.explained",
        "protocol.replaced",
        "protocol.returned",
        "protocol.scanned",
        "protocol.settled",
        "protocol.taken_over",
        "protocols.imported",
        "question.decided",
        "reading.taken",
        "result.determined",
        "result.published",
        "sample.approved",
        "scanner_report.recorded",
        "sitting.called",
        "sitting.cancelled",
        "sitting.closed",
        "sitting.item_declined",
        "sitting.item_included",
        "sitting.opened",
        "statement.published",
        "tec_protocol.signed",
        "territory.imported",
        "territory.precincts",
        "voters.delivery_accepted",
        "voters.key_registered",
        "voters.key_withdrawn",
        "voters.lists_closed",
    }
)
"""Acts whose content everybody reads."""

WITHHELD = frozenset(
    {
        "accreditation.ended",
        "accreditation.renewed",
        "answer_list.drawn_up",
        "answer_list.given_up",
        "applicant.withdrawn",
        "application.archive_taken",
        "application.begun",
        "application.described",
        "application.erased",
        "application.filed",
        "application.forwarded",
        "application.list_taken",
        "application.paper_attached",
        "application.people_removed",
        "application.person_put",
        "application.photos_taken",
        "application.sent_to_ministry",
        "application.withdrawn",
        "assistance.answered",
        "assistance.asked",
        "certificate.card_frozen",
        "certificate.issued",
        "certificate.revoked",
        "certificates.printed",
        "cooperation.agreement_filed",
        "cooperation.changed",
        "cooperation.delegate_entered",
        "cooperation.delegate_left",
        "cooperation.entered",
        "cooperation.invitation_withdrawn",
        "cooperation.letter_closed",
        "cooperation.letter_registered",
        "cooperation.proposal_declined",
        "cooperation.report_filed",
        "cooperation.struck_out",
        "cooperation.withheld",
        "decision.dissented",
        "decision.taken",
        "division.changed",
        "division.ended",
        "division.formed",
        "enquiry.confirmed",
        "enquiry.made",
        "enquiry.refused",
        "incident.noted",
        "interpreter.entered",
        "invitation.accepted",
        "invitation.refused",
        "invitation.withdrawn",
        "key.issued",
        "key.refused",
        "key.revoked",
        "lot.digits_entered",
        "lot.list_frozen",
        "minutes.drafted",
        "minutes.signed",
        "motion.concluded",
        "motion.put",
        "motion.voted",
        "notice.noted",
        "office.ended",
        "office.given",
        "passages.noted",
        "person.invited",
        "person.password_link_issued",
        "person.password_set",
        "person.second_factor_added",
        "person.second_factor_removed",
        "person.second_factor_reset",
        "sealed.erased",
        "sender.admitted",
        "session.browser_changed",
        "sitting.attended",
        "sitting.item_proposed",
        "sitting.left",
        "sitting.members_came",
        "sitting.vote_demanded",
        "upload.refused",
        "voters.delivery_lost",
        "voters.delivery_received",
        "voters.delivery_refused",
        "voters.delivery_rejected",
        "working_group.changed",
        "working_group.ended",
        "working_group.formed",
    }
)
"""Acts whose content tells of people, or may not be seen before another act; known, so that each was thought about."""

NAMED = frozenset(
    {
        "cec_chair",
        "cec_secretary",
        "cec_member",
        "tec_chair",
        "tec_secretary",
        "tec_member",
        "pec_chair",
        "pec_secretary",
        "pec_member",
    }
)
"""Roles whose holders are named in public: members of commissions, whose composition is published."""


class Sight(StrEnum):
    """Who looks at the record of acts."""

    PUBLIC = "public"
    OFFICE = "office"  # an office that may read the ledger: everything, and that it read is recorded by the caller


def shows_content(name: str, sight: Sight) -> bool:
    """Whether the content of an act of this name may be shown."""
    return sight is Sight.OFFICE or name in PUBLIC


def shows_person(role: str, sight: Sight) -> bool:
    """Whether the holder of an office in this role is named."""
    return sight is Sight.OFFICE or role in NAMED
