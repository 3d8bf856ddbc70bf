"""The roles of offices, at what kind of body each exists, and what each may do: tables that people and tests read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a body is."""

    CEC = "cec"
    TEC = "tec"
    PEC = "pec"
    STATE_BODY = "state_body"  # the State Registry Service, the Ministry of Foreign Affairs, the police
    CONSULATE = "consulate"
    BANK = "bank"
    AUDIT_GROUP = "audit_group"  # the Control and Audit Group of the CEC (L42)
    COURT = "court"
    PROSECUTOR = "prosecutor"
    PARTY = "party"
    CANDIDATE = "candidate"
    NGO = "ngo"
    MEDIA = "media"
    MISSION = "mission"  # of international observers
    PUBLIC = "public"


class Role(TextChoices):
    CEC_CHAIR = "cec_chair"
    CEC_SECRETARY = "cec_secretary"
    CEC_MEMBER = "cec_member"
    CEC_DEPARTMENT_HEAD = "cec_department_head"
    CEC_OPERATOR = "cec_operator"  # staff of a department
    TEC_CHAIR = "tec_chair"
    TEC_SECRETARY = "tec_secretary"
    TEC_MEMBER = "tec_member"
    TEC_ADMINISTRATOR = "tec_administrator"  # of the system (L15.5, L16)
    TEC_OPERATOR = "tec_operator"
    PEC_CHAIR = "pec_chair"
    PEC_SECRETARY = "pec_secretary"
    PEC_MEMBER = "pec_member"
    PEC_OPERATOR = "pec_operator"
    STATE_REGISTRY_SERVICE = "state_registry_service"
    FOREIGN_MINISTRY = "foreign_ministry"
    CONSULATE = "consulate"
    BANK = "bank"
    AUDIT_GROUP = "audit_group"
    COURT = "court"
    PROSECUTOR = "prosecutor"
    POLICE = "police"
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"  # Art. 19
    FINANCIAL_REPRESENTATIVE = "financial_representative"  # Art. 19, for finance
    PROXY = "proxy"  # Art. 20
    COMMISSION_REPRESENTATIVE = "commission_representative"  # Art. 17, 18
    NGO = "ngo"
    OBSERVER = "observer"  # Art. 9
    CITIZEN_OBSERVER = "citizen_observer"  # Art. 10-1
    INTERNATIONAL_OBSERVER = "international_observer"  # Art. 10
    SENDING_ORGANIZATION = "sending_organization"  # who writes the applications of an organization from abroad
    MEDIA = "media"  # Art. 11
    VOTER = "voter"
    PUBLIC = "public"


class Reach(StrEnum):
    """Over which bodies a permission reaches."""

    HERE = "here"  # the office's own body and no other
    OWN = "own"  # the office's own body and the bodies below it
    EVERYWHERE = "everywhere"


ROLES_AT: Mapping[Kind, tuple[Role, ...]] = MappingProxyType(
    {
        Kind.CEC: (
            Role.CEC_CHAIR,
            Role.CEC_SECRETARY,
            Role.CEC_MEMBER,
            Role.CEC_DEPARTMENT_HEAD,
            Role.CEC_OPERATOR,
            Role.COMMISSION_REPRESENTATIVE,
        ),
        Kind.TEC: (
            Role.TEC_CHAIR,
            Role.TEC_SECRETARY,
            Role.TEC_MEMBER,
            Role.TEC_ADMINISTRATOR,
            Role.TEC_OPERATOR,
            Role.COMMISSION_REPRESENTATIVE,
            Role.CITIZEN_OBSERVER,
        ),
        Kind.PEC: (
            Role.PEC_CHAIR,
            Role.PEC_SECRETARY,
            Role.PEC_MEMBER,
            Role.PEC_OPERATOR,
            Role.COMMISSION_REPRESENTATIVE,
            Role.CITIZEN_OBSERVER,
        ),
        Kind.STATE_BODY: (Role.STATE_REGISTRY_SERVICE, Role.FOREIGN_MINISTRY, Role.POLICE),
        Kind.CONSULATE: (Role.CONSULATE,),
        Kind.BANK: (Role.BANK,),
        Kind.AUDIT_GROUP: (Role.AUDIT_GROUP,),
        Kind.COURT: (Role.COURT,),
        Kind.PROSECUTOR: (Role.PROSECUTOR,),
        Kind.PARTY: (
            Role.AUTHORIZED_REPRESENTATIVE,
            Role.FINANCIAL_REPRESENTATIVE,
            Role.PROXY,
            Role.OBSERVER,
        ),
        Kind.CANDIDATE: (
            Role.AUTHORIZED_REPRESENTATIVE,
            Role.FINANCIAL_REPRESENTATIVE,
            Role.PROXY,
            Role.OBSERVER,
        ),
        Kind.NGO: (Role.NGO, Role.CITIZEN_OBSERVER),
        Kind.MEDIA: (Role.MEDIA,),
        Kind.MISSION: (Role.SENDING_ORGANIZATION, Role.INTERNATIONAL_OBSERVER),
        Kind.PUBLIC: (Role.VOTER, Role.PUBLIC),
    }
)
"""Which roles exist at a body of a kind."""

_CEC_MEMBERS = (Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_MEMBER)
_TEC_MEMBERS = (Role.TEC_CHAIR, Role.TEC_SECRETARY, Role.TEC_MEMBER)
_PEC_MEMBERS = (Role.PEC_CHAIR, Role.PEC_SECRETARY, Role.PEC_MEMBER)
MEMBERS: frozenset[Role] = frozenset((*_CEC_MEMBERS, *_TEC_MEMBERS, *_PEC_MEMBERS))
"""The roles whose holders sit and vote in a commission."""

STAFF: frozenset[Role] = frozenset(Role) - {
    Role.AUTHORIZED_REPRESENTATIVE,
    Role.FINANCIAL_REPRESENTATIVE,
    Role.PROXY,
    Role.COMMISSION_REPRESENTATIVE,
    Role.NGO,
    Role.OBSERVER,
    Role.CITIZEN_OBSERVER,
    Role.INTERNATIONAL_OBSERVER,
    Role.SENDING_ORGANIZATION,
    Role.MEDIA,
    Role.VOTER,
    Role.PUBLIC,
}
"""The roles of commissions and state bodies: they act with a second factor only."""

_TEC_ENTRY = {Role.TEC_OPERATOR: Reach.OWN}
_TEC_DUTY = {Role.TEC_CHAIR: Reach.OWN, Role.TEC_SECRETARY: Reach.OWN}
_CEC_DUTY = {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_MEMBER: Reach.EVERYWHERE}
_CHAIRS = dict.fromkeys((Role.CEC_CHAIR, Role.TEC_CHAIR, Role.PEC_CHAIR), Reach.HERE)
_SECRETARIES = dict.fromkeys((Role.CEC_SECRETARY, Role.TEC_SECRETARY, Role.PEC_SECRETARY), Reach.HERE)
_SITTING = {role: Reach.HERE for role in Role if role in MEMBERS}
_OFFICE_OF_CEC = {
    Role.CEC_SECRETARY: Reach.EVERYWHERE,
    Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
    Role.CEC_OPERATOR: Reach.EVERYWHERE,
}

_SENDERS = dict.fromkeys((Role.SENDING_ORGANIZATION, Role.NGO, Role.MEDIA, Role.AUTHORIZED_REPRESENTATIVE), Reach.HERE)
_ACCREDITING = {**_CHAIRS, **_SECRETARIES, Role.CEC_DEPARTMENT_HEAD: Reach.HERE, Role.CEC_OPERATOR: Reach.HERE}

_TAKING_OVER = dict.fromkeys((Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_DEPARTMENT_HEAD), Reach.EVERYWHERE)
_PEC_DESK = dict.fromkeys((Role.PEC_CHAIR, Role.PEC_SECRETARY, Role.PEC_OPERATOR), Reach.HERE)
_KEEP_REGISTER = dict.fromkeys((Role.CEC_SECRETARY, Role.CEC_DEPARTMENT_HEAD, Role.CEC_OPERATOR), Reach.HERE)

_GIVERS = {  # of offices, and of the keys of machines that act in them
    **_CEC_DUTY,
    Role.CEC_SECRETARY: Reach.EVERYWHERE,
    Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
    **_TEC_DUTY,
}

MAY: Mapping[str, Mapping[Role, Reach]] = MappingProxyType(
    {
        "counting.take_over": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.enter": _TEC_ENTRY,
        "counting.explain": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.release_other": {Role.TEC_CHAIR: Reach.OWN},
        "counting.settle": _TEC_DUTY,
        "counting.decide_parked": {Role.TEC_CHAIR: Reach.OWN},
        "counting.replace": {Role.TEC_CHAIR: Reach.OWN, **_CEC_DUTY},
        "counting.scan": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.scanner_report": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.import": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "counting.read": {
            **_TEC_ENTRY,
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "results.sign_tec_protocol": {Role.TEC_CHAIR: Reach.OWN},
        "results.invalidate": {Role.TEC_CHAIR: Reach.OWN, Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.take_reading": {Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.determine": {Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.publish": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_OPERATOR: Reach.EVERYWHERE},
        "results.read": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_SECRETARY: Reach.EVERYWHERE,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "accounts.invite": {
            Role.CEC_CHAIR: Reach.EVERYWHERE,
            Role.CEC_SECRETARY: Reach.EVERYWHERE,
            Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
            **_TEC_DUTY,
        },
        "accounts.read_people": {
            **_CEC_DUTY,
            **_OFFICE_OF_CEC,
            **_TEC_DUTY,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
        },
        "accounts.issue_key": _GIVERS,
        "accounts.revoke_key": {
            **_GIVERS,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
        },  # whoever may issue, and more: it is urgent
        "accounts.read_readings": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_SECRETARY: Reach.EVERYWHERE},
        "ledger.read": {
            **_CEC_DUTY,
            **_OFFICE_OF_CEC,
            **_TEC_DUTY,
            Role.AUDIT_GROUP: Reach.EVERYWHERE,
            Role.COURT: Reach.EVERYWHERE,
            Role.PROSECUTOR: Reach.EVERYWHERE,
        },
        "jobs.watch": {**_CEC_DUTY, **_OFFICE_OF_CEC, **_TEC_DUTY, Role.TEC_ADMINISTRATOR: Reach.OWN},
        "documents.issue_certificate": _OFFICE_OF_CEC,
        "documents.revoke_certificate": _OFFICE_OF_CEC,
        "commissions.call_sitting": {**_CHAIRS, **_SECRETARIES},
        "commissions.propose_item": {**_SITTING, Role.COMMISSION_REPRESENTATIVE: Reach.HERE},  # L18.1.2
        "commissions.keep_sitting": {**_CHAIRS, **_SECRETARIES},
        "commissions.vote": _SITTING,
        "commissions.keep_minutes": _SECRETARIES,
        "commissions.sign_minutes": {**_CHAIRS, **_SECRETARIES},
        "commissions.issue_decision": _CHAIRS,
        "commissions.keep_register": {**_CEC_DUTY, **_OFFICE_OF_CEC, **_TEC_DUTY},
        "commissions.read": {**_SITTING, **_OFFICE_OF_CEC, Role.COMMISSION_REPRESENTATIVE: Reach.HERE},
        "cooperation.keep": _KEEP_REGISTER,
        "cooperation.read_passports": {Role.CEC_SECRETARY: Reach.HERE, Role.CEC_DEPARTMENT_HEAD: Reach.HERE},
        "cooperation.read": {**_KEEP_REGISTER, Role.CEC_CHAIR: Reach.HERE, Role.CEC_MEMBER: Reach.HERE},
        "lots.freeze": {**_SECRETARIES, **_CHAIRS},
        "lots.enter_seed": _SITTING,
        "lots.draw": {**_CHAIRS, **_SECRETARIES},
        "commissions.establish": _CEC_DUTY,
        "commissions.appoint": _GIVERS,
        "elections.call": _CEC_DUTY,
        "elections.record_moment": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "elections.fulfil": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
            Role.PEC_CHAIR: Reach.OWN,
        },
        "elections.move_clock": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_OPERATOR: Reach.EVERYWHERE},
        "elections.read_lateness": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "elections.prepare": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "observation.apply": _SENDERS,
        "observation.admit": _OFFICE_OF_CEC,
        "observation.review": {Role.FOREIGN_MINISTRY: Reach.EVERYWHERE},  # R3.2
        "observation.read": {**_ACCREDITING, **_SITTING},
        "observation.answer": _ACCREDITING,
        "observation.certify": dict.fromkeys(_ACCREDITING, Reach.EVERYWHERE),  # of senders; what is answered is checked
        "observation.end": _ACCREDITING,
        "observation.check_in": {**_SITTING, Role.PEC_OPERATOR: Reach.HERE, Role.TEC_OPERATOR: Reach.HERE},
        "observation.note": {
            **_SENDERS,
            **dict.fromkeys((Role.OBSERVER, Role.CITIZEN_OBSERVER, Role.INTERNATIONAL_OBSERVER), Reach.HERE),
        },
        "statute.import_text": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "voters.deliver": {Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE, Role.CEC_OPERATOR: Reach.EVERYWHERE},  # L14.4
        "voters.accept": _TAKING_OVER,
        "voters.close": _TAKING_OVER,
        "voters.register_key": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_SECRETARY: Reach.EVERYWHERE},
        "voters.read": {**_CEC_DUTY, **_OFFICE_OF_CEC},
        "voters.read_faults": {
            Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE,
            Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "voters.history": {
            Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE,
            Role.CEC_SECRETARY: Reach.EVERYWHERE,
            Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
        },  # of one person
        "voters.addresses.submit": {**_TEC_DUTY, **_TEC_ENTRY},  # L13.5.a1
        "voters.addresses.approve": _TAKING_OVER,
        "voters.place": {
            Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE,
            Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "voters.sources.send": {Role.CONSULATE: Reach.HERE},  # L14.6.a
        "voters.sources.pass_on": {Role.FOREIGN_MINISTRY: Reach.EVERYWHERE},
        "voters.sources.receive": {Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE},
        "voters.sources.read": {**_CEC_DUTY, **_OFFICE_OF_CEC},
        "voters.institutions.report": {
            Role.PEC_CHAIR: Reach.HERE,
            Role.PEC_SECRETARY: Reach.HERE,
            Role.PEC_OPERATOR: Reach.HERE,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
        },  # L14.5
        "voters.institutions.confirm": {Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE},
        "voters.lists.compile": _TAKING_OVER,
        "voters.lists.publish": _TAKING_OVER,
        "voters.lists.post": {Role.PEC_CHAIR: Reach.HERE, Role.PEC_SECRETARY: Reach.HERE},
        "voters.lists.read": {
            **dict.fromkeys((*_PEC_MEMBERS, Role.PEC_OPERATOR), Reach.HERE),
            **_TEC_DUTY,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
            Role.CEC_SECRETARY: Reach.EVERYWHERE,
            Role.CEC_DEPARTMENT_HEAD: Reach.EVERYWHERE,
        },  # the list of a precinct with all that it shows
        "voters.lists.oversee": {
            **_CEC_DUTY,
            **_OFFICE_OF_CEC,
            **_TEC_DUTY,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
        },  # editions, sums and lateness, without anybody's data
        "voters.bind": _OFFICE_OF_CEC,  # L15.5.b1
        "voters.hand_over": _OFFICE_OF_CEC,
        "voters.print": _OFFICE_OF_CEC,  # L14.7.b, L15.5.b1
        "voters.read_printed": _OFFICE_OF_CEC,
        "voters.read_printing": {**_CEC_DUTY, **_OFFICE_OF_CEC, **_TEC_DUTY, Role.TEC_ADMINISTRATOR: Reach.OWN},
        "voters.receive_lists": {Role.PEC_CHAIR: Reach.HERE, Role.PEC_SECRETARY: Reach.HERE},
        "voters.applications.receive": _PEC_DESK,  # L15.3.a1, L15.4.a2
        "voters.applications.pass_on": {Role.TEC_ADMINISTRATOR: Reach.OWN},  # L15.3.a4
        "voters.applications.answer": {Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE},  # L15.3.b1
        "voters.applications.tell": {
            Role.TEC_ADMINISTRATOR: Reach.OWN,  # L15.3.b2
            Role.STATE_REGISTRY_SERVICE: Reach.EVERYWHERE,  # L15.4.b3
        },
        "voters.applications.read": {
            **_CEC_DUTY,
            **_OFFICE_OF_CEC,
            **_TEC_DUTY,
            Role.TEC_ADMINISTRATOR: Reach.OWN,
        },
        "voters.mobile.register": _PEC_DESK,  # L33.2.a4
        "voters.count": {**_TAKING_OVER, Role.CEC_OPERATOR: Reach.EVERYWHERE},
        "voters.tell_access": {**_TEC_DUTY, Role.PEC_CHAIR: Reach.HERE, Role.PEC_SECRETARY: Reach.HERE},  # L29.5
        "territory.import": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
    }
)
"""Act -> role -> reach. What is not here is refused."""

BY_MACHINES = frozenset({"counting.import", "counting.read", "counting.scanner_report", "voters.deliver"})
"""The acts for which the API has operations; an operation of another act is a fault at import (`api.access.needs`)."""

KEYED: frozenset[Role] = frozenset(role for act in BY_MACHINES for role in MAY[act])
"""The roles in which a machine can do anything; no other gets a key."""

_BY_CEC_MEMBERS = frozenset({Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_MEMBER})
_BY_CEC = _BY_CEC_MEMBERS | {Role.CEC_DEPARTMENT_HEAD}
_BY_COMMISSIONS = _BY_CEC_MEMBERS | {Role.TEC_CHAIR, Role.TEC_SECRETARY}
_BY_NOBODY: frozenset[Role] = frozenset()

GIVEN_BY: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        **dict.fromkeys(
            _CEC_MEMBERS, frozenset({Role.CEC_CHAIR, Role.CEC_MEMBER})
        ),  # who chooses them is another law's
        Role.CEC_DEPARTMENT_HEAD: _BY_CEC_MEMBERS,
        Role.CEC_OPERATOR: _BY_CEC,
        **dict.fromkeys(_TEC_MEMBERS, _BY_CEC_MEMBERS),  # L12.2.2.a
        Role.TEC_ADMINISTRATOR: _BY_COMMISSIONS,
        Role.TEC_OPERATOR: _BY_COMMISSIONS,
        **dict.fromkeys(_PEC_MEMBERS, _BY_COMMISSIONS),
        Role.PEC_OPERATOR: _BY_COMMISSIONS,
        Role.STATE_REGISTRY_SERVICE: _BY_CEC,
        Role.FOREIGN_MINISTRY: _BY_CEC,
        Role.CONSULATE: _BY_CEC,
        Role.BANK: _BY_CEC,
        Role.AUDIT_GROUP: _BY_CEC,  # L42.1
        Role.COURT: _BY_CEC,
        Role.PROSECUTOR: _BY_CEC,
        Role.POLICE: _BY_CEC,
        Role.AUTHORIZED_REPRESENTATIVE: _BY_CEC,  # L19.5: by the certificate of the CEC
        Role.FINANCIAL_REPRESENTATIVE: _BY_CEC,
        Role.PROXY: _BY_CEC,  # L20.2.a1: registered by the CEC
        Role.COMMISSION_REPRESENTATIVE: _BY_COMMISSIONS,  # L17.2: registered with the commission concerned
        Role.NGO: _BY_CEC,
        Role.OBSERVER: _BY_COMMISSIONS,
        Role.CITIZEN_OBSERVER: _BY_COMMISSIONS,  # L10-1.5: accredited by the commission
        Role.INTERNATIONAL_OBSERVER: _BY_CEC,  # L10.2: accredited by the CEC
        Role.SENDING_ORGANIZATION: _BY_CEC,  # R3.1: invited
        Role.MEDIA: _BY_CEC,  # L11.4
        Role.VOTER: _BY_NOBODY,
        Role.PUBLIC: _BY_NOBODY,
    }
)
"""Role -> the roles whose holders may give it, within the reach of `commissions.appoint`; also who may end it.

How commissions are composed is laid down outside this law (L12.4): the office that gives a seat records the decision of
whoever chose its holder, as the ground.
"""
