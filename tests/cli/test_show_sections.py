"""What the sections of ``alliance show`` say, and in how few words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Run
from tests.cli.shown import RECOVERY, document, flat, form

Make = Callable[..., Path]
FAMILY_OF_THREE = [
    {"id": "kid", "role": "client"},
    {"id": "mum", "role": "client"},
    {"id": "t", "role": "therapist"},
    {"id": "o", "role": "observer"},
]


def test_forms_of_an_observer_are_about_persons_and_rated_scores_are_followed(
    alliance: Run, make: Make
) -> None:
    ratings = {"engagement": -3, "emotional-connection": 0, "safety": 1}
    forms = [
        {
            "id": f"{person}{session}", "measure": "softa-o", "session": session,
            "rater": "observer", "person": person,
            "answers": {**ratings, "safety": safety, "shared-sense-of-purpose": 2},
        }
        for person, safety in (("kid", -3), ("mum", 3))
        for session in (1, 2)
    ]  # fmt: skip
    file = make(document(participants=FAMILY_OF_THREE, administrations=forms), "c.json")
    ran = alliance("show", file)
    told = flat(ran.out)
    assert "E observer about kid (safety), softa o" in told
    assert "G observer (shared sense of purpose), softa o" in told
    assert "(shared-sense-of-purpose)" in ran.out
    assert "H observer" not in told
    assert (
        "Rated by observer, softa o, safety: 2 sessions with forms about two or more of kid" in told
    )
    assert "mum 100, kid 0 (100 apart), none wider" in told
    assert "rated by two or more" not in told
    one = alliance("show", file, "--score", "safety", "--json").json["scores"]["courses"]
    assert [(each["score"], each["person"], each["about"]) for each in one] == [
        ("safety", "kid", True), ("safety", "mum", True),
    ]  # fmt: skip


def test_a_form_of_a_therapist_may_be_about_somebody(alliance: Run, make: Make) -> None:
    form = {
        "id": "f1", "measure": "wai-srt", "session": 1, "rater": "therapist", "person": "kid",
        "answers": {str(each): 4 for each in range(1, 11)},
    }  # fmt: skip
    file = make(document(participants=FAMILY_OF_THREE, administrations=[form]), "c.json")
    assert "therapist about kid, wai-srt" in alliance("show", file).out


def test_numbers_and_their_distance_agree(alliance: Run, make: Make) -> None:
    def of(session: int, person: str, answers: list[int]) -> dict[str, Any]:
        given = dict(zip("12345", answers, strict=True))
        return form(session, id=f"{person}{session}", person=person, answers=given)

    forms = [of(1, "kid", [1, 1, 7, 1, 2]), of(1, "mum", [3, 3, 5, 2, 2])]
    told = flat(
        alliance(
            "show",
            make(document(participants=FAMILY_OF_THREE, administrations=forms), "c.json"),
        ).out
    )
    assert "mum 26.7, kid 3.3 (23.4 apart)" in told  # 27, 3 and 23 would not fit


def test_what_stands_in_the_head_of_a_group_that_goes_on(alliance: Run, make: Make) -> None:
    people = [
        {"id": "t1", "role": "therapist"},
        {"id": "t2", "role": "therapist"},
        *({"id": f"p{n}", "role": "group-member"} for n in range(1, 10)),
    ]
    sessions = [
        {"id": f"s{n}", "number": n, "attended": ["t1" if n < 3 else "t2"]} for n in range(1, 6)
    ]
    told = flat(
        alliance(
            "show",
            make(
                document(
                    participants=people,
                    sessions=sessions,
                    terminations=[{"id": "x", "session": 2, "kind": "premature", "by": ["p8"]}],
                    goals=[{"id": "g1"}],
                    agreements=[{"id": "a1", "about": "g1", "by": "p1", "agrees": True}],
                ),
                "c.json",
            ),
        ).out
    )
    assert "Sessions: 5 listed" in told
    assert "p8 left in session 2 (premature)." in told
    assert "p8 left (premature)" in told.partition("Session by session")[2]
    assert "End: none recorded." in told
    assert "t1 sessions 1 to 2; t2 sessions 3 to 5, by attendance; scores of forms do not" in told
    assert "no answer of 10" in told


@pytest.mark.parametrize("when", [{"session": 5}, {}])
def test_who_leaves_a_group_last_ends_it_for_nobody_else(
    alliance: Run, make: Make, when: dict[str, int]
) -> None:
    file = make(
        document(
            participants=[
                *({"id": f"m{n}", "role": "group-member"} for n in (1, 2, 3)),
                {"id": "t", "role": "therapist"},
            ],
            sessions=[{"id": f"s{n}", "number": n} for n in range(1, 6)],
            check_ins=[{"id": "k1", "session": 1, "cadence": 2}],
            terminations=[{"id": "x", "kind": "premature", "by": ["m3"], **when}],
        ),
        "c.json",
    )
    told = flat(alliance("show", file).out)
    assert f"m3 left{' in session 5' if when else ''} (premature). End: none recorded." in told
    assert "Check in: last in session 1, due by session 3, now session 5." in told


def test_who_leads_a_session_where_therapists_changed(alliance: Run, make: Make) -> None:
    there: tuple[list[str], ...] = (["t1"], ["t1"], ["t1", "t2"], [], ["t2"])
    sessions = [
        {"id": f"s{n}", "number": n, "attended": ["c", *who]} for n, who in enumerate(there, 1)
    ]
    people = [
        {"id": "c", "role": "client"},
        {"id": "t1", "role": "therapist"},
        {"id": "t2", "role": "therapist"},
    ]
    file = make(document(participants=people, sessions=sessions), "c.json")
    told = flat(alliance("show", file).out)
    assert "Therapists changed: t1 sessions 1 to 3; t2 sessions 3 to 5 (2 of them)," in told
    assert "3 with t2 4 without any therapist 5 with t2; without t1" in told


def test_a_measure_that_must_be_stated_names_no_option_of_another_command(
    alliance: Run, make: Make
) -> None:
    forms = [form(1, measure="sai")]
    ran = alliance("show", make(document(administrations=forms), "c.json"))
    assert "state them: measure." in flat(ran.out)
    assert "key FILE" not in ran.out


def test_what_is_as_wide_as_any_is_told_once(alliance: Run, make: Make) -> None:
    """Seven points of thirty in both sessions, which differ by rounding."""
    forms = [
        form(
            session, id=f"{person}{session}", person=person,
            answers={item: int(answer) for item, answer in zip("12345", answers, strict=True)},
        )
        for session, person, answers in (
            (1, "kid", "55444"), (1, "mum", "33432"), (2, "kid", "55456"), (2, "mum", "44433"),
        )
    ]  # fmt: skip
    file = make(document(participants=FAMILY_OF_THREE, administrations=forms), "c.json")
    assert "kid 66.7, mum 43.3 (23.4 apart), none wider" in flat(alliance("show", file).out)


def test_nothing_to_tell_is_told_in_a_line(alliance: Run, make: Make) -> None:
    file = make('{"schema": 1, "case": "c1"}', "c.json")
    out = alliance("show", file).out
    assert "Not enough data for any indicator." in out
    assert "goal-agreement" not in out
    assert out.count("speak") == 1
    assert "goal-agreement" in alliance("show", file, "--all").out


def test_of_many_entries_of_an_indicator_the_first_are_shown(alliance: Run, make: Make) -> None:
    people = [{"id": f"p{n}", "role": "group-member"} for n in range(1, 6)]
    answers = [{"id": f"a{n}", "about": "g1", "by": f"p{n}", "agrees": True} for n in range(1, 6)]
    file = make(document(participants=people, goals=[{"id": "g1"}], agreements=answers), "c.json")
    told, whole = (flat(alliance("show", file, *more).out) for more in ([], ["--all"]))
    assert "p2 p4 1, n 1; and 4 more, which all has (share of goals" in told
    assert "p4 p5 1, n 1 (share of goals" in whole


def test_an_indicator_is_told_with_its_scale(alliance: Run) -> None:
    out = alliance("show", RECOVERY).out
    told = flat(out)
    assert "early mean, score (12 to 60, sum): A 36.6, n 5" in told
    assert "early mean, score (10 to 50, sum): B 36.2, n 5" in told
    assert "reported intensity: c 3 on the scale 1 to 5, n 3" in told
    assert "early peak: A no peak, n 5; B no peak, n 5 (session number)" in told
    assert "check-in-overdue: 0 (the course has ended), n 6" in out
    assert "bond-rating" not in out  # it has a section of its own


def test_the_bond_tells_sessions_and_what_stands_against_the_alliance(
    alliance: Run, make: Make
) -> None:
    def rated(session: int, facet: str, value: int) -> dict[str, Any]:
        rating = {"value": value, "low": 1, "high": 5}
        return {
            "id": f"{facet}{session}", "session": session, "of": "c", "toward": "t",
            "facet": facet, "rating": rating,
        }  # fmt: skip

    bonds = [rated(1, "trust", 2), rated(2, "withholding", 4), rated(3, "warmth", 3)]
    told = flat(alliance("show", make(document(bonds=bonds), "c.json")).out)
    assert "trust 2 (s1), warmth 3; against the alliance: withholding 4 (s2)" in told
    more = [*bonds, rated(3, "trust", 4), rated(2, "warmth", 1)]
    told = flat(alliance("show", make(document(bonds=more), "c.json")).out)
    assert "trust 4 (before 2), warmth 3 (before 1); against" in told


def test_one_is_told_in_the_singular(alliance: Run, make: Make) -> None:
    check_ins = [{"id": "k1", "session": 1, "cadence": 1}, {"id": "k2", "session": 2, "cadence": 2}]
    told = flat(alliance("show", make(document(check_ins=check_ins), "c.json")).out)
    assert "(next after 1 session)" in told
    assert "(next after 2 sessions)" in told


def test_a_rupture_that_was_taken_back_is_told_so(alliance: Run, make: Make) -> None:
    reports = [
        {"id": "r1", "session": 1, "by": "c", "rupture": True},
        {"id": "r2", "session": 1, "by": "c", "rupture": False},
    ]
    told = flat(alliance("show", make(document(reports=reports), "c.json")).out)
    assert "c reports a rupture (later: no rupture); c reports no rupture" in told
    assert "None by what was recorded" in told


def test_who_was_always_there_is_not_told(alliance: Run, make: Make) -> None:
    sessions = [{"id": f"s{n}", "number": n, "attended": ["c", "t"]} for n in (1, 2)]
    assert (
        "Most often there" not in alliance("show", make(document(sessions=sessions), "c.json")).out
    )


def test_a_measure_that_is_not_verified_is_told(alliance: Run) -> None:
    told = flat(alliance("show", RECOVERY).out)
    assert "wai srt is flagged: Sources disagree" in told
    assert ".." not in told.partition("wai srt is flagged")[2].partition("Raters of")[0]
    assert "wai sr is" not in told


def test_possible_ruptures_source_by_source(alliance: Run) -> None:
    """Scores, direct reports and codes; who could not say is told, and nobody is overruled."""
    told = flat(alliance("show", RECOVERY).out)
    assert "Session 7 to 8: client (drop from best): flags sessions 7, 8." in told
    assert "therapist, t (direct report): flags session 8. observer (observer 3rs): flags" in told
    assert "observer (observer 3rs): cannot say, 0 of 1 evaluable." in told
    assert "That one source flags nothing is no evidence against another." in told
    [six, seven] = alliance("show", RECOVERY, "--json").json["evidence"]
    assert (six["first"], seven["first"], seven["last"]) == (6, 7, 8)
    assert [each["says"] for each in six["evidence"]] == [False, False, True, False, None]


@pytest.mark.parametrize("command", [("show", RECOVERY), ("detect", RECOVERY, "--from", "course")])
@pytest.mark.parametrize("rule", ["direct-report", "observer-3rs", "pre-post"])
def test_a_rule_that_observes_no_scores_is_refused(alliance: Run, command: Any, rule: str) -> None:
    ran = alliance(*command, "--detector", rule)
    assert (ran.code, ran.out) == (2, "")
    last = ran.err.splitlines()[-1]
    assert f"{rule} looks at" in last
    assert "not at scores" in last
