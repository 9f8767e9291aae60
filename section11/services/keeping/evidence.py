"""Evidence files whose time is over: every return that has them belongs to a cycle that closed long ago."""

from __future__ import annotations

from section11.domain.evidence import EvidenceItem
from section11.domain.people import User
from section11.domain.retention import RULES, Rule, is_due
from section11.domain.uk_time import uk_date
from section11.services.erased_contents import erase_contents
from section11.services.keeping.looking import ASKED, NOT_RELEASED, Due, Kind, Look
from section11.services.office import Office
from section11.services.trail import organisation_stream


def _due(look: Look) -> Due:
    things: list[str] = []
    goes = []
    for organisation_id in look.work.retention.with_evidence(look.organisations):
        items = _over(look, organisation_id)
        if items:
            things += [one.id for one in items]
            number = f"{len(items):,} {'piece' if len(items) == 1 else 'pieces'} of evidence"
            goes.append(f"{look.organisations[organisation_id].name}: {number}")
    return Due(tuple(things), tuple(goes))


def _over(look: Look, organisation_id: str) -> list[EvidenceItem]:
    """Return the evidence of an organisation whose time is over, with something left to take away."""
    items = look.work.evidence.of_organisation(organisation_id)
    uses = look.work.evidence.uses(one.id for one in items)
    kept_returns = _kept_returns(look, organisation_id)
    named = _named_in(look, kept_returns)
    over = []
    for item in items:
        used_in = {use.assessment_id for use in uses.get(item.id, [])}
        if used_in & kept_returns or item.id in named:
            continue
        if item.keeps_files if used_in else _is_old(look, item):
            over.append(item)
    return over


def _kept_returns(look: Look, organisation_id: str) -> set[str]:
    """Return the ids of the organisation's returns whose evidence stays."""
    kept = set()
    for row in look.work.assessments.of_organisations([organisation_id]):
        cycle = look.cycles[row.assessment.cycle_id]
        is_over = look.is_over(cycle, Rule.EVIDENCE)
        # An open action keeps the return, and nobody needs the evidence for it.
        if not is_over or look.reasons_to_keep(cycle).get(row.assessment.id) in (NOT_RELEASED, ASKED):
            kept.add(row.assessment.id)
    return kept


def _named_in(look: Look, assessment_ids: set[str]) -> set[str]:
    """Return the evidence that was signed with these returns, also where it was taken off since."""
    signed = look.work.signing
    snapshots = [kept for one in assessment_ids for kept in signed.latest(one, signed.count(one))]
    return {one.item_id for kept in snapshots for items in kept.evidence().values() for one in items}


def _is_old(look: Look, item: EvidenceItem) -> bool:
    """Return whether evidence that no return has is as old as if it had been used in a cycle that was over."""
    years = look.years(Rule.EVIDENCE, look.partnerships_of.get(item.organisation_id, set()))
    return is_due(uk_date(item.latest.added_at), years, look.today)


def _remove(office: Office, actor: User, partnership_id: str, item_id: str) -> bool:
    with office.store.writing() as work:
        look = Look(work, partnership_id, office.clock())
        item = work.evidence.get(item_id)
        if item is None or item.organisation_id not in look.organisations:
            return False
        work.evidence.lock_organisation(item.organisation_id)
        if item_id not in {one.id for one in _over(look, item.organisation_id)}:
            return False
        if work.evidence.uses([item_id]):
            work.retention.remove_files_of(item_id)
        else:
            work.retention.remove_item(item_id)
        stream = organisation_stream(item.organisation_id)
        erase_contents(
            work,
            office,
            actor,
            stream,
            RULES[Rule.EVIDENCE].title,
            only=lambda event: event.details.get("item") == item_id,
        )
        work.commit()
    return True


KIND = Kind(_due, _remove)
