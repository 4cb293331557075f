"""Goals, tasks, understandings and the bond in a summary."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from therapeutic_alliance.cli.show.sections import Page, counted, listed, quoted
from therapeutic_alliance.course.summary.agreed import (
    Agreed,
    GoalLine,
    Item,
    TaskLine,
    UnderstandingLine,
)
from therapeutic_alliance.course.summary.bonds import BondLine
from therapeutic_alliance.model.alliance.rating import Rating

NAMED = 4
"""Up to how many of those who gave no answer are named. A convention."""


def show_work(page: Page, agreed: Agreed) -> None:
    """Print goals, tasks and understandings: counts first, then each."""
    page.section("Goals and tasks")
    _show_items(page, "goal", agreed.goals, map(_goal, agreed.goals))
    _show_items(page, "task", agreed.tasks, map(_task, agreed.tasks))
    homework = [each.done for each in agreed.tasks if each.kind == "homework"]
    if homework:
        page.say(f"Homework done, of {len(homework)}: {_tally(homework)}.")
    without = [each.id for each in agreed.tasks if not each.serves]
    if without:
        page.say(f"Tasks without a goal: {listed(page.latest(without, 'of these'))}.")
    if agreed.understandings:
        told = map(_understanding, agreed.understandings)
        _show_items(page, "understanding", agreed.understandings, told)


def _show_items(page: Page, noun: str, items: Sequence[Item], told: Iterable[str]) -> None:
    if not items:
        page.say(f"No {noun} is recorded.")
        return
    disputed = sum(1 for each in items if each.disagree)
    silent = sum(1 for each in items if not each.agree and not each.disagree)
    counts = [
        counted(len(items), noun),
        f"{disputed} with someone who disagrees" if disputed else None,
        f"{silent} without any answer" if silent else None,
    ]
    page.say(f"{listed(counts)}:")
    page.say_all(page.latest(list(told), f"{noun}s"), indent=4)


def _goal(goal: GoalLine) -> str:
    statuses = [(each.by, each.status) for each in goal.seen if each.status]
    attained = [(each.by, rated(each.attainment)) for each in goal.seen if each.attainment]
    more = [
        _said(goal.status, statuses),
        *_answers(goal),
        f"attained {_by_each(attained)}" if attained else None,
        f"tasks: {listed(goal.tasks)}" if goal.tasks else "no task serves it",
    ]
    return _item(goal, None, more)


def _task(task: TaskLine) -> str:
    done = _said(task.done, [(each.by, each.done) for each in task.seen])
    serves = f"for {listed(task.serves)}" if task.serves else "for no goal"
    reviewed = done if task.done == "not reviewed" else f"done: {done}"
    return _item(task, task.kind, [serves, reviewed, *_answers(task)])


def _understanding(understanding: UnderstandingLine) -> str:
    return _item(understanding, understanding.kind, _answers(understanding))


def _item(item: Item, kind: str | None, more: Iterable[str | None]) -> str:
    date = item.date.isoformat() if item.date else None
    when = f"session {item.session}" if item.session else date
    by = f"proposed by {listed(item.proposed_by)}" if item.proposed_by else None
    head = " ".join(part for part in (item.id, quoted(item.text)) if part)
    lead = listed([kind, when, by])
    said = "; ".join(part for part in more if part)
    return f"{head} ({lead}): {said}." if lead else f"{head}: {said}."


def _answers(item: Item) -> Iterator[str]:
    """Who agrees, disagrees, and did not answer; "all" where it is all of several."""
    kinds = {"agree": item.agree, "disagree": item.disagree, "no answer of": item.no_answer}
    given = {word: who for word, who in kinds.items() if who}
    for word, who in given.items():
        if len(given) == 1 and len(who) > 1:
            yield "no answer of anyone" if who is item.no_answer else f"all {word}"
        elif who is item.no_answer:
            yield f"{word} {listed(who) if len(who) <= NAMED else len(who)}"
        else:
            yield f"{listed(who)} {word if len(who) > 1 else word + 's'}"


def _said(word: str, by_each: Sequence[tuple[str | None, str]]) -> str:
    return word if word != "seen differently" else _by_each(by_each)


def _by_each(said: Sequence[tuple[str | None, str]]) -> str:
    return listed(f"{what} ({by or 'by whom is not known'})" for by, what in said)


def _tally(words: Iterable[str]) -> str:
    return listed(f"{word} {number}" for word, number in Counter(words).most_common())


def rated(rating: Rating) -> str:
    """A rating with its scale.

    >>> rated(Rating(4, 1, 5))
    '4 of 1 to 5'
    """
    return f"{rating.value:.4g} of {rating.low:.4g} to {rating.high:.4g}"


def show_bonds(page: Page, bonds: Sequence[BondLine], last: int | None) -> None:
    """Print the latest rating of each facet: a row for each direction, rater and scale.

    ``last`` is the last session, which is not told of each rating.
    """
    page.section("Bond")
    if not bonds:
        page.say("No facet of the bond was rated.")
        return
    rows: dict[tuple[str, ...], list[BondLine]] = {}
    for each in bonds:
        by = each.by if each.by != each.of else ""
        scale = f"{each.rating.low:.4g} to {each.rating.high:.4g}"
        key = (each.of, each.toward or "the work", by, scale)
        rows.setdefault(key, []).append(each)
    told = [[*key, _facets(of_it, last)] for key, of_it in rows.items()]
    headings = ("whose", "toward", "rated by", "scale", "latest")
    page.table(headings, page.latest(told, "rows"), wraps="latest")
    page.say(
        "In brackets the rating before, and the session (s) or day if it is not the last session."
    )


def _facets(lines: Sequence[BondLine], last: int | None) -> str:
    for_it = listed(_facet(each, last) for each in lines if not each.adverse)
    against = listed(_facet(each, last) for each in lines if each.adverse)
    apart = f"against the alliance: {against}" if against else ""
    return "; ".join(part for part in (for_it, apart) if part)


def _facet(line: BondLine, last: int | None) -> str:
    day = line.date.isoformat() if line.date else "s?"
    when = f"s{line.session}" if line.session else day
    more = listed(
        [
            f"before {line.before.value:.4g}" if line.before else None,
            None if line.session and line.session == last else when,
        ]
    )
    latest = f"{line.facet} {line.rating.value:.4g}"
    return f"{latest} ({more})" if more else latest
