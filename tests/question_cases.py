"""For each question a vault that gives rise to it, what it then asks, and what in the vault would silence it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Case(NamedTuple):
    """One question."""

    name: str
    target: str
    said: str
    files: Mapping[str, str]
    instead: Mapping[str, str]
    """The same vault without the question: notes that read otherwise, or that are there besides."""


def note(body: str = "", **properties: str) -> str:
    """A note; a field of two words is written with an underscore, and a link by its name between two brackets."""
    lines = "".join(f"{name}: {value}\n" for name, value in properties.items())
    return f"---\n{lines}---\n{body}"


def link(*names: str) -> str:
    """A property that links to notes."""
    found = [f'"[[{name}]]"' for name in names]
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


GROW = {"Objectives/Grow.md": note(period="2026", target="3")}
SEVERAL = {f"Priorities/P{n}.md": note(rank=f"{n}", owner=link("Ann"), serves=link("Grow")) for n in range(1, 7)}
PEOPLE = {"People/Ann.md": "", "People/Bea.md": ""}
LEADERS = {
    "People/Ann.md": note(leader="true", priorities=link("P1", "P2")),
    "People/Bea.md": note(leader="true", priorities=link("P3", "P4")),
}
HIRE = {"Priorities/Hire.md": note(rank="1", serves=link("Grow")), "Priorities/Sell.md": note(rank="2")}
GREEN = {f"Projects/W{n}.md": note(status="active", health="green") for n in range(3)}
SAID_GREEN = {
    "Updates/2026-02-02 W0.md": note(type="update", date="2026-02-02", about=link("W0"), health="green"),
}
MISSED = {"Objectives/Lyon.md": note(status="done", outcome="missed", due="2026-03-01")}
MEETINGS = {
    f"Meetings/2026-03-{day} CODIR.md": note(
        "## Agenda\n\n- [[P1]]\n", date=f"2026-03-{day}", attendees=link("Ann", "Bea")
    )
    for day in ("02", "05", "09", "12")
}
TEAMS = {f"Teams/{name}.md": "" for name in ("Sales", "Tech", "Legal")}
REJECTED = note(
    "## Options\n\n- Manchester\n- Open in London: too dear (rejected)\n", status="accepted", date="2026-01-12"
)

CASES = (
    Case(
        "if-stopped",
        "Priorities/Sell.md",
        "Which objective would suffer if Sell stopped tomorrow?",
        {**GROW, **HIRE},
        {"Priorities/Sell.md": note(serves=link("Grow"))},
    ),
    Case(
        "nobody-works",
        "Objectives/Grow.md",
        "Grow is an objective, yet nobody works on it. Is it still one?",
        GROW,
        HIRE,
    ),
    Case(
        "serves-what",
        "Priorities/Hire.md",
        "Old is over: what does Hire serve now?",
        {**GROW, "Objectives/Old.md": note(status="done"), "Priorities/Hire.md": note(serves=link("Old"))},
        {"Priorities/Hire.md": note(serves=link("Old", "Grow"))},
    ),
    Case(
        "keep-three",
        "Priorities/P6.md",
        "If only 3 of the 6 priorities of Ann could stay, which would go?",
        {**GROW, **SEVERAL, **PEOPLE},
        {"Priorities/P6.md": note(rank="6", owner=link("Bea"), serves=link("Grow"))},
    ),
    Case(
        "late-for",
        "Priorities/Hire.md",
        "Hire needs Sell, which comes after it. Do you accept being late on Hire?",
        {**HIRE, "Priorities/Hire.md": note(rank="1", depends_on=link("Sell"))},
        {"Priorities/Sell.md": note(rank="0.5")},
    ),
    Case(
        "both-succeed",
        "Priorities/Hire.md",
        "If both Hire and Sell succeed, does the company win?",
        {**HIRE, "Priorities/Hire.md": note(conflicts_with=link("Sell"))},
        {"Decisions/D.md": note(about=link("Hire", "Sell"), status="accepted")},
    ),
    Case(
        "stop-for-room",
        "Projects/New.md",
        "What will you stop to make room for New?",
        {**SEVERAL, "Projects/New.md": note(start="2026-03-12")},
        {"Projects/New.md": note(start="2026-03-12", serves=link("P1"))},
    ),
    Case(
        "ambitious-enough",
        "Objectives/Grow.md",
        "Was Grow ambitious enough?",
        {
            "Objectives/Grow.md": note(period="2026"),
            "Key results/Sites.md": note(serves=link("Grow"), start="0", target="3", current="3"),
        },
        {"Key results/Sales.md": note(serves=link("Grow"), start="0", target="3", current="2")},
    ),
    Case(
        "how-known",
        "Objectives/Grow.md",
        "How will you know that Grow has succeeded?",
        {"Objectives/Grow.md": note(period="2026")},
        GROW,
    ),
    Case(
        "next-action",
        "Projects/Site.md",
        "What is the very next action on Site, and whose?",
        {"Projects/Site.md": note(status="active")},
        {"Projects/Site.md": note("- [ ] Ask\n", status="active")},
    ),
    Case(
        "believable-date",
        "Projects/Site.md",
        "Site was put off 2 times, lastly for “because the mason was ill”. What would make its date believable?",
        {
            "Projects/Site.md": note(
                "## Updates\n\n- 2026-02-01: now 2026-02-20 because the mason was ill\n",
                due_original="2026-01-10",
                due="2026-04-30",
                status="active",
            ),
            "Updates/2026-02-01.md": note(
                type="update", date="2026-02-01", about=link("Site"), due="2026-02-20", why="because the mason was ill"
            ),
        },
        {"Updates/2026-02-01.md": ""},
    ),
    Case(
        "what-data-ignores",
        "Projects/Site.md",
        "Site was due on 2026-03-10 and is said to be on track: what do you know that the data does not?",
        {"Projects/Site.md": note(status="active", health="green", due="2026-03-10")},
        {"Projects/Site.md": note(status="active", health="red", due="2026-03-10")},
    ),
    Case(
        "what-data-ignores",
        "Projects/Site.md",
        "Site is said to be on track, 43 points behind: what do you know that the data does not?",
        {"Projects/Site.md": note(health="green", start="2026-01-01", due="2026-03-31", progress="40 %")},
        {"Projects/Site.md": note(health="green", start="2026-01-01", due="2026-03-31", progress="80 %")},
    ),
    Case(
        "what-data-ignores",
        "Projects/Site.md",
        "Site is blocked and said to be on track: what do you know that the data does not?",
        {"Projects/Site.md": note(status="blocked", health="green")},
        {"Projects/Site.md": note(status="active", health="green")},
    ),
    Case(
        "who-reports-red",
        "Objectives/Lyon.md",
        "For 4 weeks all was reported on track, and Lyon was missed. Who is allowed to report red here?",
        {**GREEN, **SAID_GREEN, **MISSED},
        {"Updates/2026-03-09 W1.md": note(type="update", date="2026-03-09", about=link("W1"), health="amber")},
    ),
    Case(
        "rests-on-what",
        "Priorities/Hire.md",
        "Hire rests on Cheap vans, which was found to be wrong. Go on, change or stop?",
        {**HIRE, "Assumptions/Cheap vans.md": note(status="falsified", supports=link("Hire"))},
        {"Assumptions/Cheap vans.md": note(status="verified", supports=link("Hire"))},
    ),
    Case(
        "cost-of-waiting",
        "Decisions/Move.md",
        "1 piece of work waits for Move, open for 21 days. What is the cost of not deciding?",
        {
            "Decisions/Move.md": note(status="proposed", date="2026-02-23"),
            "Projects/Rent.md": note(depends_on=link("Move")),
        },
        {"Decisions/Move.md": note(status="proposed", date="2026-03-09")},
    ),
    Case(
        "cost-of-waiting",
        "Decisions/Move.md",
        "Move has been waiting to be decided since 2026-03-10. What is the cost of not deciding?",
        {"Decisions/Move.md": note(status="proposed", due="2026-03-10")},
        {"Decisions/Move.md": note(status="deferred", due="2026-03-10")},
    ),
    Case(
        "one-way-door",
        "Decisions/Move.md",
        "Move is a one-way door. What would you need to see to say no?",
        {"Decisions/Move.md": note(status="proposed", reversibility="one_way", confidence="50 %")},
        {"Decisions/Move.md": note(status="proposed", reversibility="two_way", confidence="50 %")},
    ),
    Case(
        "other-options",
        "Decisions/Move.md",
        "What else did you consider before choosing Move?",
        {"Decisions/Move.md": note(status="accepted", date="2026-03-10")},
        {"Decisions/Move.md": note("## Options\n\n- Lyon\n- Nantes\n", status="accepted", date="2026-03-10")},
    ),
    Case(
        "what-happened",
        "Decisions/Move.md",
        "Of Move you expected “Half the rent”, with a confidence of 80 %. What happened?",
        {"Decisions/Move.md": note(status="accepted", review="2026-03-01", expected="Half the rent", confidence="0.8")},
        {"Decisions/Move.md": note(status="accepted", review="2026-04-01", expected="Half the rent")},
    ),
    Case(
        "what-is-new",
        "Decisions/Again.md",
        "First rejected “Open in London: too dear (rejected)” on 2026-01-12. What is new?",
        {
            "Decisions/First.md": REJECTED,
            "Decisions/Again.md": note(
                "## Options\n\n- Open in London\n- Wait\n", status="proposed", date="2026-03-10"
            ),
        },
        {"Decisions/Again.md": note("See [[First]].\n## New information\n\n- The rent fell\n", status="proposed")},
    ),
    Case(
        "monday-morning",
        "Decisions/Move.md",
        "Move was decided on 2026-03-02: what was done otherwise on the Monday after?",
        {"Decisions/Move.md": note(status="accepted", date="2026-03-02")},
        {"Projects/Rent.md": note(decided_in=link("Move"))},
    ),
    Case(
        "who-disagreed",
        "Decisions/Move.md",
        "Who disagreed with Move, and did you write down why?",
        {
            **PEOPLE,
            "Decisions/Move.md": note(status="accepted", date="2026-03-02", decider=link("Ann"), consulted=link("Ann")),
        },
        {"Decisions/Move.md": note(status="accepted", date="2026-03-02", decider=link("Ann"), consulted=link("Bea"))},
    ),
    Case(
        "who-decides",
        "Projects/Site.md",
        "3 teams, and no single owner of Site: who decides when they disagree?",
        {**TEAMS, **PEOPLE, "Projects/Site.md": note(status="active", contributors=link("Sales", "Tech", "Legal"))},
        {"Projects/Site.md": note(status="active", owner=link("Ann"), contributors=link("Sales", "Tech", "Legal"))},
    ),
    Case(
        "two-weeks-away",
        "Priorities/Hire.md",
        "If Ann were away for two weeks, which of these 2 would stop?",
        {
            **PEOPLE,
            "Priorities/Hire.md": note(rank="1", owner=link("Ann")),
            "Priorities/Sell.md": note(rank="2", owner=link("Ann")),
        },
        {
            "Priorities/Hire.md": note(rank="1", owner=link("Ann"), contributors=link("Bea")),
            "Priorities/Sell.md": note(rank="2", owner=link("Ann"), contributors=link("Bea")),
        },
    ),
    Case(
        "whose-list",
        "Priorities/P1.md",
        "Ann and Bea name different top priorities. Which list is the company's?",
        {**GROW, **SEVERAL, **LEADERS},
        {person: note(leader="true", priorities=link("P1", "P2", "P3", "P4")) for person in LEADERS},
    ),
    Case(
        "whose-list",
        "Priorities/P1.md",
        "Ann and Bea name different top priorities. Which list is the company's?",
        {
            **GROW,
            **SEVERAL,
            **LEADERS,
            "People/Aaron.md": note(leader="true"),
            "Priorities/P5.md": note("- [ ] go\n", rank="5", owner=link("Aaron")),
        },
        {person: note(leader="true", priorities=link("P1", "P2", "P3", "P4")) for person in LEADERS},
    ),
    Case(
        "what-they-believe",
        "Stakeholders/Bank.md",
        "Bank (power 5) has heard nothing for 116 days. What do they believe now?",
        {"Stakeholders/Bank.md": note(type="stakeholder", power="5", last_contact="2025-11-20")},
        {"Stakeholders/Bank.md": note(type="stakeholder", power="5", last_contact="2026-03-10")},
    ),
    Case(
        "ask-the-board",
        "Updates/2026-03-01 Board.md",
        "What do you want from the board? What are you not telling it in 2026-03-01 Board?",
        {"Updates/2026-03-01 Board.md": note("## What went well\n\nAll.\n", date="2026-03-01", audience="board")},
        {
            "Updates/2026-03-01 Board.md": note(
                "## Lowlights\n\nTwo sites lost.\n\n## Asks\n\n- A name\n", date="2026-03-01", audience="board"
            )
        },
    ),
    Case(
        "ask-the-board",
        "Updates/2026-03-01 Board.md",
        "What are you not telling the board in 2026-03-01 Board?",
        {"Updates/2026-03-01 Board.md": note("## Asks\n\n- A name\n\n## Risks\n", date="2026-03-01", audience="board")},
        {"Updates/2026-03-01 Board.md": note("## Asks\n\n- A name\n", date="2025-12-01", audience="board")},
    ),
    Case(
        "absent-from-agendas",
        "Priorities/P2.md",
        "P2 is number 2 and was on none of the last 4 agendas of the leadership. Why?",
        {**MEETINGS, **LEADERS, **SEVERAL, "Projects/Work.md": note(serves=link("P2"))},
        {
            "Meetings/2026-03-12 CODIR.md": note(
                "## Agenda\n\n- [[Work]]\n- [[P3]]\n", date="2026-03-12", attendees=link("Ann", "Bea")
            )
        },
    ),
)
