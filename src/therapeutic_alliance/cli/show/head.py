"""The head of a summary: who, when, how it ended, what was corrected."""

from collections.abc import Iterator

from therapeutic_alliance.cli.show.sections import Page, counted, listed, quoted, span
from therapeutic_alliance.course.summary.head import (
    Ending,
    Head,
    Member,
    Presence,
    Records,
    Sessions,
)


def show_head(page: Page, head: Head) -> None:
    """Print the head."""
    page.console.print(f"Case {head.case}, {head.system or 'system not said'}", style="bold")
    page.say(f"Who: {'; '.join(_who(head.participants)) or 'no participant is listed'}.")
    page.say(f"Sessions: {_listed(head.sessions)}.")
    if head.therapists:
        page.say(f"Therapists changed: {_presence(head.therapists)}.")
    for each in head.endings:
        if each.leaves:
            page.say(_sentence(_leaving(each)))
    end = "; ".join(_ending(each) for each in head.endings if not each.leaves)
    page.say(_sentence(f"End: {end or 'none recorded'}"))
    if head.links:
        links = (f"{each.kind} {each.case}" for each in head.links)
        page.say(f"Linked courses, not merged: {listed(links)}.")
    page.say(f"Records: {_records(head.records)}.")


def _who(members: tuple[Member, ...]) -> Iterator[str]:
    roles: dict[str, list[Member]] = {}
    for each in members:
        roles.setdefault(each.role, []).append(each)
    for role, those in roles.items():
        yield f"{role} {listed(map(_member, those))}"


def _member(member: Member) -> str:
    more = listed([member.relation, member.agency and f"of {member.agency}"])
    return f"{member.id} ({more})" if more else member.id


def _sentence(text: str) -> str:
    return text if text.endswith('"') else f"{text}."


def _presence(therapists: tuple[Presence, ...]) -> str:
    who = "; ".join(map(_present, therapists))
    return f"{who}, by attendance; scores of forms do not say with whom"


def _present(therapist: Presence) -> str:
    whole = therapist.sessions == therapist.last - therapist.first + 1
    some = "" if whole else f" ({therapist.sessions} of them)"
    noun = "session" if therapist.first == therapist.last else "sessions"
    return f"{therapist.id} {noun} {span(therapist.first, therapist.last)}{some}"


def _listed(sessions: Sessions) -> str:
    if not sessions.listed and not sessions.unlisted:
        return "none listed"
    said = [f"{sessions.listed} listed" if sessions.listed else "none listed"]
    if sessions.first is not None:
        said.append(f"number {span(sessions.first, sessions.last)}")
    if sessions.first_date:
        said.append(span(sessions.first_date, sessions.last_date))
    if sessions.undated:
        said.append(f"{sessions.undated} without a date")
    if sessions.unlisted:
        said.append(f"{sessions.unlisted} more that only other records name")
    return listed(said)


def _leaving(ending: Ending) -> str:
    """Of an end that is not that of the course."""
    who = listed(ending.by) or "Somebody"
    day = f" on {ending.date}" if ending.date else ""
    when = f" in session {ending.session}" if ending.session else day
    planned = ending.kind or "whether planned is not known"
    reason = f": {quoted(ending.reason)}" if ending.reason else ""
    return f"{who} left{when} ({planned}){reason}"


def _ending(ending: Ending) -> str:
    said = [
        ending.kind or "whether planned is not known",
        f"by {listed(ending.by)}" if ending.by else None,
        f"session {ending.session}" if ending.session else None,
        ending.date.isoformat() if ending.date else None,
        quoted(ending.reason),
    ]
    return listed(said)


def _records(records: Records) -> str:
    if not records.corrections and not records.retractions:
        return f"{records.recorded}, none corrected or retracted"
    corrected = counted(records.corrections, "correction")
    retracted = counted(records.retractions, "retraction")
    return (
        f"{records.recorded}, of which {records.holding} hold: {corrected} and {retracted} applied"
    )
