"""Protocols with all their versions, both blind entries, what they differed in, and the figures that may be summed.

What the database itself holds: a state moves only along the table of `states`; two entries of a round are by two
people; a finished entry, a discrepancy, a finding and figures never change; one version of a precinct is in the sums.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office, Person
from shailoo.commissions.models import Commission, Decision
from shailoo.counting.guards import FIGURES_DECLARED, FIGURES_GUARD, REPLACEMENT_GUARD, SUMMED
from shailoo.counting.states import CLOSED, MOVES, STARTS, State
from shailoo.documents.models import StoredFile
from shailoo.elections.models import Voting
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.territory.models import Area, Precinct

STATES = [(state.value, state.value) for state in State if state is not State.EXPECTED]
_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)
_STARTS = ", ".join(f"'{state}'" for state in STARTS)
_PERSON_OF_OFFICE = """
IF NEW.person_id IS DISTINCT FROM (SELECT o.person_id FROM accounts_office o WHERE o.id = NEW.office_id) THEN
    RAISE EXCEPTION 'an act is by the person of its office'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'by_the_person_of_the_office';
END IF;
RETURN NEW;
"""


class Protocol(models.Model):
    """One version of a precinct's signed protocol of voting results (Art. 34 to 36), and where it stands."""

    class Occasion(models.TextChoices):
        ORIGINAL = "original"
        RECOUNT = "recount"  # L36.7.a4, marked "Vote recounting"
        CORRECTION = "correction"  # returned to the PEC and drawn up again

    class Source(models.TextChoices):
        ENTRY = "entry"
        IMPORT = "import"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="protocols")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="protocols")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="protocols")
    version = models.PositiveSmallIntegerField(default=1)
    occasion = models.CharField(max_length=10, choices=Occasion.choices, default=Occasion.ORIGINAL)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.ENTRY)
    state = models.CharField(max_length=16, choices=STATES)
    round = models.PositiveSmallIntegerField(default=1)  # entered again: the next round
    reason = models.TextField(blank=True)
    decision = models.CharField(max_length=80, blank=True)  # its label
    carries_out = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="protocol_taken_over"
    )  # of a new version; none before decisions were kept
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    imported_in = models.ForeignKey(
        "counting.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="protocols"
    )

    class Meta:
        indexes = [models.Index(fields=["voting", "tec", "state"]), models.Index(fields=["voting", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["voting", "precinct", "version"], name="a_version_of_a_protocol_stands_once"
            ),
            models.UniqueConstraint(
                fields=["voting", "precinct"],
                condition=Q(state=State.ACCEPTED.value),
                name="one_version_of_a_precinct_is_in_the_sums",
            ),
            models.UniqueConstraint(
                fields=["voting", "precinct"],
                condition=~Q(state__in=[state.value for state in CLOSED]),
                name="one_version_of_a_precinct_is_worked_on",
            ),
            models.CheckConstraint(
                condition=Q(occasion="original", version=1, carries_out__isnull=True)
                | (~Q(occasion="original") & Q(version__gt=1) & ~Q(reason="") & ~Q(decision="")),
                name="a_new_version_has_a_reason_and_a_decision",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_state_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
                func=f"""
                IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
                    RAISE EXCEPTION 'no act leads from % to %', OLD.state, NEW.state
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_moves_along_the_table';
                END IF;
                IF (OLD.voting_id, OLD.precinct_id, OLD.tec_id, OLD.version, OLD.occasion, OLD.source, OLD.reason,
                    OLD.decision, OLD.carries_out_id, OLD.replaces_id, OLD.received_at, OLD.received_by_id,
                    OLD.imported_in_id)
                   IS DISTINCT FROM
                   (NEW.voting_id, NEW.precinct_id, NEW.tec_id, NEW.version, NEW.occasion, NEW.source, NEW.reason,
                    NEW.decision, NEW.carries_out_id, NEW.replaces_id, NEW.received_at, NEW.received_by_id,
                    NEW.imported_in_id) THEN
                    RAISE EXCEPTION 'what a protocol is does not change'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_a_protocol_is_does_not_change';
                END IF;
                IF NEW.round NOT IN (OLD.round, OLD.round + 1)
                   OR (NEW.round > OLD.round AND NEW.state <> 'received') THEN
                    RAISE EXCEPTION 'a round begins only when a protocol is entered again'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_round_begins_by_entering_again';
                END IF;
                IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND NOT EXISTS (
                    SELECT 1 FROM counting_figures f WHERE f.protocol_id = NEW.id AND f.round = NEW.round
                ) THEN
                    RAISE EXCEPTION 'a protocol is accepted with its figures'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'accepted_with_figures';
                END IF;
                IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND EXISTS (
                    SELECT 1 FROM counting_figures f JOIN counting_protocolfinding b ON b.figures_id = f.id
                    WHERE f.protocol_id = NEW.id AND f.round = NEW.round AND CASE b.severity
                        WHEN 'warning' THEN NOT EXISTS (SELECT 1 FROM counting_explanation x WHERE x.figures_id = f.id)
                        ELSE b.nature <> 'accounting' OR NOT EXISTS (
                            SELECT 1 FROM counting_explanation x WHERE x.figures_id = f.id AND x.kind = 'act') END
                ) THEN
                    RAISE EXCEPTION 'findings are explained, or an act is drawn up on a difference, before acceptance'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'accepted_when_findings_are_answered';
                END IF;
                IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (NEW.source = 'entry' OR NEW.round > 1) AND (
                    SELECT count(DISTINCT e.person_id) FROM counting_entry e
                    WHERE e.protocol_id = NEW.id AND e.round = NEW.round AND e.finished_at IS NOT NULL
                ) < 2 THEN
                    RAISE EXCEPTION 'a protocol is accepted on two entries by two people'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'accepted_on_two_entries_by_two_people';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="a_protocol_begins_at_a_start",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=f"""
                IF NEW.state NOT IN ({_STARTS}) OR (NEW.state <> 'received' AND NEW.source <> 'import') THEN
                    RAISE EXCEPTION 'no protocol begins as %', NEW.state
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_protocol_begins_at_a_start';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="a_new_version_carries_out_a_decision",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.occasion <> 'original'"),
                func=REPLACEMENT_GUARD,
            ),
            pgtrigger.Protect(name="protocols_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("protocols"),
        ]

    def __str__(self) -> str:
        return f"{self.precinct_id}/{self.version}"


class Entry(models.Model):
    """One of the two blind entries of a round, by one person. Saved page by page; unchangeable once finished.

    A re-entry after a difference is a new entry with `again` set; it starts from the lines that agreed.
    """

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="entries")
    round = models.PositiveSmallIntegerField()
    again = models.BooleanField(default=False)
    slot = models.PositiveSmallIntegerField()  # 1 or 2
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=dict)
    pages_saved = ArrayField(models.CharField(max_length=24), default=list)
    claimed_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="an_entry_is_the_first_or_the_second"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(released_at__isnull=True),
                name="an_entry_is_finished_or_released",
            ),
            models.UniqueConstraint(
                fields=["protocol", "round", "again", "slot"],
                condition=Q(released_at__isnull=True),
                name="one_first_and_one_second_entry",
            ),
            models.UniqueConstraint(
                fields=["protocol", "round", "again", "person"],
                condition=Q(released_at__isnull=True),
                name="nobody_enters_both",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_finished_entry_is_never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.finished_at IS NOT NULL OR OLD.released_at IS NOT NULL"),
            ),
            pgtrigger.Protect(
                name="an_entry_keeps_its_person",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.protocol_id, OLD.round, OLD.again, OLD.slot, OLD.person_id, OLD.office_id)"
                    " IS DISTINCT FROM (NEW.protocol_id, NEW.round, NEW.again, NEW.slot, NEW.person_id, NEW.office_id))"
                ),
            ),
            pgtrigger.Trigger(
                name="an_entry_is_by_the_person_of_its_office",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_PERSON_OF_OFFICE,
            ),
            pgtrigger.Protect(name="entries_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("entries"),
        ]


class Discrepancy(models.Model):
    """What two entries of a round differed in: kept for ever, shown only to whoever must decide between them."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="discrepancies")
    round = models.PositiveSmallIntegerField()
    again = models.BooleanField()
    first = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=80))
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "round", "again"], name="one_discrepancy_per_pair_of_entries"),
        ]
        triggers = append_only("discrepancies")


class Settlement(models.Model):
    """A third person's choice between the two entries, field by field: 1 or 2, never a third value."""

    discrepancy = models.OneToOneField(Discrepancy, on_delete=models.PROTECT, related_name="settlement")
    choices = models.JSONField()  # {"votes.p03": 1, …}
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="a_third_person_chooses_one_of_two",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM counting_discrepancy d JOIN counting_entry e
                      ON e.protocol_id = d.protocol_id AND e.round = d.round
                    WHERE d.id = NEW.discrepancy_id AND e.person_id = NEW.person_id
                ) THEN
                    RAISE EXCEPTION 'who entered does not decide between entries'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_entered_does_not_decide';
                END IF;
                IF NEW.person_id IS DISTINCT FROM (
                    SELECT o.person_id FROM accounts_office o WHERE o.id = NEW.office_id
                ) THEN
                    RAISE EXCEPTION 'an act is by the person of its office'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'by_the_person_of_the_office';
                END IF;
                IF EXISTS (SELECT 1 FROM jsonb_each(NEW.choices) c WHERE c.value NOT IN ('1'::jsonb, '2'::jsonb))
                   OR (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(NEW.choices) k)
                      IS DISTINCT FROM
                      (SELECT array_agg(f::text ORDER BY f::text) FROM counting_discrepancy d, unnest(d.fields) f
                       WHERE d.id = NEW.discrepancy_id) THEN
                    RAISE EXCEPTION 'each differing field is settled by one of its two values'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_by_one_of_two_values';
                END IF;
                RETURN NEW;
                """,
            ),
            *append_only("settlements"),
        ]


class Figures(models.Model):
    """The figures of one protocol on which both entries agree (or as imported), in ballot order, ready to be summed.

    Counts of voters and ballots; `votes` in ballot order without "against all"; `lines` is the whole record. A line
    that the source does not have is NULL, never 0.
    """

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="figures")
    round = models.PositiveSmallIntegerField()
    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    voters_listed = models.PositiveIntegerField(null=True)
    participated = models.PositiveIntegerField(null=True)
    cheques_total = models.PositiveIntegerField(null=True)
    ballots_received = models.PositiveIntegerField(null=True)
    ballots_given_mobile = models.PositiveIntegerField(null=True)
    issued_premises = models.PositiveIntegerField(null=True)
    issued_mobile = models.PositiveIntegerField(null=True)
    issued_total = models.PositiveIntegerField(null=True)
    unused_total = models.PositiveIntegerField(null=True)
    spoiled_total = models.PositiveIntegerField(null=True)
    cancelled_total = models.PositiveIntegerField(null=True)
    mobile_applications = models.PositiveIntegerField(null=True)
    mobile_found_total = models.PositiveIntegerField(null=True)
    found_stationary = models.PositiveIntegerField(null=True)
    found_scanners = models.PositiveIntegerField(null=True)
    found_total = models.PositiveIntegerField(null=True)
    unofficial = models.PositiveIntegerField(null=True)
    invalid_mobile_over = models.PositiveIntegerField(null=True)
    invalid = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField()
    against_all = models.PositiveIntegerField()
    votes = ArrayField(models.PositiveIntegerField())
    lines = models.JSONField()
    made_at = models.DateTimeField()

    SUMMED = SUMMED
    """The integer lines that a TEC sums (L36.2), in the order of the protocol."""

    class Meta:
        indexes = [models.Index(fields=["voting", "tec"]), models.Index(fields=["voting", "precinct"])]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "round"], name="one_set_of_figures_per_round"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="figures_are_what_two_people_entered",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=FIGURES_DECLARED,
                func=FIGURES_GUARD,
            ),
            *append_only("figures"),
        ]


class ProtocolFinding(models.Model):
    """A control correlation that the figures of a round do not hold (L35.15), as found; never changed."""

    figures = models.ForeignKey(Figures, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    nature = models.CharField(max_length=12)
    formula = models.TextField()  # with the numbers put in
    fields = ArrayField(models.CharField(max_length=80))
    norms = ArrayField(models.CharField(max_length=24))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figures", "code"], name="a_correlation_is_found_once"),
        ]
        triggers = append_only("findings")


class Explanation(models.Model):
    """What a commission wrote about the findings of a round: an explanation of warnings, or an act on a difference."""

    class Kind(models.TextChoices):
        EXPLANATION = "explanation"
        ACT = "act"  # paper leads: the true figures stand, the difference is in the act

    figures = models.ForeignKey(Figures, on_delete=models.PROTECT, related_name="explanations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_explanation_says_something"),
            models.CheckConstraint(condition=~Q(kind="act", number=""), name="an_act_has_a_number"),
            models.UniqueConstraint(fields=["figures", "kind"], name="warnings_are_explained_once"),
        ]
        triggers = append_only("explanations")


class Scan(models.Model):
    """The image or PDF of the signed protocol, kept with its hash beside the entry."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "page"], name="one_scan_per_page"),
        ]
        triggers = append_only("scans")


class ScannerReport(models.Model):
    """The final report of one scanning ballot box at a precinct (L35.8). The manual count stands beside it (L35.14)."""

    class Role(models.TextChoices):
        PRIMARY = "primary"
        ADDITIONAL = "additional"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="scanner_reports")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="scanner_reports")
    device_no = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.PRIMARY)
    initial_total = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    votes = ArrayField(models.PositiveIntegerField())  # in ballot order
    against_all = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    decision_at = models.DateTimeField(null=True)
    report_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_ballot_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # of a report recorded again
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version=1) | (Q(version__gt=1) & ~Q(reason="")),
                name="a_report_is_recorded_again_with_reason",
            ),
            models.UniqueConstraint(
                fields=["voting", "precinct", "device_no", "version"], name="a_scanner_reports_once_per_version"
            ),
        ]
        triggers = append_only("scanner_reports")


class Import(models.Model):
    """One imported file: its hash makes a second import of the same file do nothing."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="imports")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "sha256"], name="a_file_is_imported_once"),
        ]
        triggers = append_only("imports")
