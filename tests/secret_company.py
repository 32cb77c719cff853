"""A company of which every page has something to say, what only its board may know of it, and what notes once said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vaultkit.config import PAGES
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault.past import Past

OPEN = {
    "Vision/Ten countries.md": "---\ntype: vision\n---\n",
    "Objectives/Grow.md": (
        "---\nperiod: 2026-Q1\nowner: '[[Ann Lee]]'\nhealth: on_track\nserves: '[[Ten countries]]'\n---\n"
    ),
    "Objectives/Hold.md": "---\nperiod: 2026\nserves: '[[Ten countries]]'\n---\n",
    "People/Ann Lee.md": (
        "---\nrole: CEO\nteam: '[[Sales]]'\nbirthday: 1980-03-18\ncadence: 2w\nlast_contact: 2026-02-01\n---\n"
    ),
    "People/Bo Berg.md": "---\nrole: CTO\nmanager: '[[Ann Lee]]'\nteam: '[[Tech]]'\n---\n",
    "Teams/Sales.md": "---\nlead: '[[Ann Lee]]'\n---\n",
    "Teams/Tech.md": "---\nlead: '[[Bo Berg]]'\n---\n",
    "Teams/Empty.md": "",
    "Priorities/Hire a CFO.md": (
        "---\nserves: '[[Grow]]'\nowner: '[[Ann Lee]]'\nteam: '[[Sales]]'\nrank: 1\nhealth: at_risk\n"
        "why: The bank asks\ndue: 2026-04-01\n---\n- [ ] call the agency 📅 2026-03-10\n- [x] brief ✅ 2026-03-12\n"
        "See [[Cash wall]].\n"
    ),
    "Priorities/Calm down.md": "---\nrank: 2\nowner: '[[Bo Berg]]'\n---\nSee [[Cash wall]].\n",
    "Projects/New site.md": (
        "---\nserves: '[[Hire a CFO]]'\nstatus: active\nowner: '[[Bo Berg]]'\nteam: '[[Tech]]'\nstart: 2026-01-10\n"
        "due: 2026-05-01\ndepends_on: '[[Old site]]'\n---\n- [ ] ask [[Ann Lee]] for the words\n"
    ),
    "Projects/Old site.md": "---\nstatus: active\nowner: '[[Ann Lee]]'\nteam: '[[Sales]]'\ndue: 2026-06-01\n---\n",
    "Projects/Intranet.md": "---\nstatus: done\nserves: '[[Hold]]'\nowner: '[[Bo Berg]]'\n---\n",
    "Projects/Shop.md": "---\nstatus: paused\nwhy: the site first\nserves: '[[Hire a CFO]]'\n---\n",
    "Metrics/Cash runway.md": "---\nunit: months\ndirection: stay_above\ntarget: 6\ncurrent: 9\n---\n",
    "KR/KR1 Revenue.md": (
        "---\nserves: '[[Grow]]'\nowner: '[[Ann Lee]]'\nstart: 0\ncurrent: 30\ntarget: 100\nunit: k€\n---\n"
        "| Date | Value |\n| --- | --- |\n| 2026-01-31 | 10 |\n| 2026-03-01 | 30 |\n"
    ),
    "Metrics/Churn.md": "---\nunit: '%'\ndirection: stay_below\ntarget: 5\ncurrent: 4\nmeasures: '[[Hold]]'\n---\n",
    "Decisions/D-001 Move.md": (
        "---\nstatus: accepted\ndate: 2026-03-10\ndecider: '[[Ann Lee]]'\naffects: '[[New site]]'\n---\n"
    ),
    "Decisions/D-002 Wait.md": (
        "---\nstatus: proposed\ndate: 2026-01-20\nowner: '[[Bo Berg]]'\naffects: '[[Old site]]'\n---\n"
    ),
    "Risks/Supplier fails.md": (
        "---\nprobability: 4\nimpact: 4\naffects: '[[Grow]]'\nowner: '[[Bo Berg]]'\nmitigation: a second one\n---\n"
    ),
    "Stakeholders/The bank.md": (
        "---\npower: 5\ninterest: 2\nstance: neutral\nstance_target: supportive\ncadence: monthly\n"
        "last_contact: 2026-01-05\nowner: '[[Ann Lee]]'\n---\n"
    ),
    "Updates/2026-03-12 Site.md": (
        "---\ndate: 2026-03-12\nabout: '[[New site]]'\nhealth: green\naudience: team, board, investors, press\n---\n"
        "## Asks\n- Two more days\n"
    ),
    "Meetings/2026-03-09 CODIR.md": (
        "---\ndate: 2026-03-09\nattendees: ['[[Ann Lee]]', '[[Bo Berg]]']\n---\n"
        "## Decisions\n- [[D-001 Move]]\n- Open on Sundays\n## Actions\n- [ ] Send the figures [[Bo Berg]]\n"
    ),
    "Meetings/2026-03-17 CODIR.md": (
        "---\ndate: 2026-03-17\nattendees: ['[[Ann Lee]]', '[[Bo Berg]]', '[[The bank]]']\nabout: '[[Grow]]'\n"
        "duration: 60\n---\n## Agenda\n- [[Old site]]\n- Money\n"
    ),
    "Meetings/2026-03-16.md": "---\ndate: 2026-03-16\nattendees: ['[[Bo Berg]]']\nabout: '[[New site]]'\n---\n",
    "Glossary/Churn rate.md": "---\ntype: term\ndescription: Who leaves\naliases: [attrition]\n---\n",
    "Glossary/QA.md": "---\ntype: term\ndescription: Who tests\n---\nSee [[Churn rate]].\n",
    "Daily/2026-03-16.md": "%% vaultkit:brief %%\n- [ ] buy milk\n",
    "Inbox/Thought.md": "a thought #idea\n",
    "Home.md": "%% vaultkit:index kind=project sort=due %%\n\n%% vaultkit:index tag=idea %%\n",
    "For all.md": "---\naudience: team\n---\n%% vaultkit:index folder=Projects limit=2 %%\n\n%% vaultkit:brief %%\n",
    "Map.canvas": '{"nodes": [{"id": "a", "type": "file", "file": "Objectives/Grow.md"}]}',
}
"""What everybody may read."""
OFFICE = (
    "{{ priorities | length }} {{ people | length }} {% for each in priorities + projects + risks + decisions"
    " + meetings + teams %}\n- {{ each.link }} {{ each.owner }} {{ each.due }} {{ each.next_step }}\n{% endfor %}"
)
"""The template of a page of its own."""


def hidden(mark: str) -> dict[str, str]:
    """Notes of every kind that only the board may see, which no other note names."""
    front = f"---\n{mark}\n"
    work = {
        "Vision/Falcon.md": "type: vision\n---\n",
        "Objectives/Project Falcon.md": (
            "period: 2026-Q1\nserves: '[[Ten countries]]'\naliases: [Peregrine, Quetzal deal]\ntitle: Merger\n---\n"
        ),
        "Objectives/Aaa Falcon.md": "period: 2026\nowner: '[[Ann Lee]]'\nserves: '[[Ten countries]]'\n---\n",
        "Priorities/Buy Zanzibar.md": (
            "rank: 2\nserves: '[[Project Falcon]]'\nhealth: red\nowner: '[[Ann Lee]]'\nteam: '[[Sales]]'\n"
            "depends_on: ['[[Old site]]', '[[New site]]']\n---\n- [ ] sign 4711 [[Bo Berg]] 📅 2026-03-16\n"
        ),
        "Priorities/Serves all.md": "rank: 0\nserves: '[[Grow]]'\ntitle: Falcon first\n---\n",
        "Projects/Falcon data room.md": (
            "serves: '[[Hire a CFO]]'\nstatus: active\nteam: '[[Empty]]'\ndue: 2026-03-20\nstart: 2026-02-01\n"
            "depends_on: '[[New site]]'\nowner: '[[Bo Berg]]'\n---\n- [ ] ask [[Ann Lee]] for 4711\n"
        ),
        "KR/KR9 Falcon price.md": "serves: '[[Grow]]'\nstart: 0\ncurrent: 4711\ntarget: 9422\n---\n",
        "Metrics/Zanzibar runway.md": (
            "measures: '[[KR1 Revenue]]'\nunit: months\ncurrent: 4711\ntarget: 1\ndirection: increase\n---\n"
            "| Date | Value |\n| --- | --- |\n| 2026-02-10 | 4711 |\n"
        ),
        "Decisions/D-666 Merger with Zanzibar.md": (
            "status: accepted\ndate: 2026-03-14\nsupersedes: '[[D-001 Move]]'\nreview: 2026-03-16\n---\n"
        ),
        "Decisions/D-667 Severance.md": "status: proposed\ndate: 2026-03-01\naffects: '[[New site]]'\n---\n",
    }
    others = {
        "Updates/2026-03-13 Falcon.md": (
            "date: 2026-03-13\nabout: ['[[New site]]', '[[Project Falcon]]']\n"
            "health: red\nwhy: because of Falcon\n---\n## Asks\n- Approve the merger\n"
        ),
        "Risks/Falcon leaks.md": "probability: 5\nimpact: 5\naffects: '[[Grow]]'\nowner: '[[Bo Berg]]'\n---\n",
        "Stakeholders/Zanzibar Fund.md": "power: 5\ninterest: 5\nstance: resistant\ncadence: weekly\n---\n",
        "Meetings/2026-03-15 Falcon board.md": (
            "date: 2026-03-15\nattendees: ['[[Ann Lee]]']\n---\n## Decisions\n- [[D-001 Move]]\n- Merger voted\n"
        ),
        "Meetings/2026-03-17 Falcon CODIR.md": (
            "date: 2026-03-17\nattendees: ['[[Ann Lee]]', '[[Bo Berg]]']\n---\n## Actions\n- [ ] tell [[Bo Berg]]\n"
        ),
        "Board/2026-03-16.md": "date: 2026-03-16\ntype: meeting\n---\n",
        "Board/QA.md": "---\n",
        "Board/The number.md": "---\nSee [[Cash wall]] and [[Peregrine rate]].\n",
        "Board/Another.md": "---\nSee [[Peregrine rate]]. #idea\n%% vaultkit:index kind=project %%\n",
        "Diary of Falcon.md": "---\n- [ ] tell [[Hire a CFO]] of the merger 📅 2026-03-01\n",
        "People/Quetzal.md": "team: '[[Empty]]'\nbirthday: 1970-03-17\nmanager: '[[Ann Lee]]'\n---\n",
        "Teams/Falcon crew.md": "lead: '[[Quetzal]]'\nmembers: ['[[Bo Berg]]']\n---\n",
        "Glossary/Falcon terms.md": "type: term\ndescription: the merger's words\n---\nSee [[Churn rate]].\n",
    }
    notes = {path: f"{front}{text}" for path, text in (work | others).items()}
    return notes | {"Board/Falcon map.canvas": "{}", "Board/Falcon terms.pdf": "x"}


NAMING = {
    "Projects/Visible.md": (
        "---\nserves: ['[[Project Falcon]]', '[[Grow]]']\nstatus: paused\n"
        "owner: '[[Quetzal]]'\nwhy: waits for the Falcon money\n"
        "depends_on: '[[D-667 Severance|the package]]'\n---\n"
        "- [ ] read [the file](../Objectives/Project%20Falcon.md) 📅 2026-03-20\n- [ ] ask about project-falcon\n"
        "## Updates\n- 2026-03-11: Peregrine signed, because the bank agreed\n"
    ),
    "Priorities/Second.md": (
        "---\nserves: '[[Project Falcon|our bird]]'\nrank: 3\n"
        "why: Falcon\nhealth: red\n---\n- [ ] [[Buy Zanzibar]] it\n"
    ),
    "Updates/2026-03-14 Bird.md": (
        "---\ndate: 2026-03-14\nabout: ['[[Visible]]', '[[Project Falcon]]']\nhealth: red\nwhy: because of the MERGER\n"
        "due: 2026-06-01\naudience: team, investors, press\n---\n## Asks\n- Money for *Project  Falcon*\n- Time\n"
    ),
    "Updates/2026-03-15 News.md": "---\ndate: 2026-03-15\nabout: '[[Project Falcon]]'\nhealth: green\n---\nIt flies.\n",
    "Meetings/2026-03-15 CODIR.md": (
        "---\ndate: 2026-03-15\n---\n## Decisions\n- Sell to Zänzibar before May: buy Zanzibar\n- Paint\n"
    ),
    "Decisions/D-002 About it.md": (
        "---\nstatus: accepted\ndate: 2026-03-12\ndecider: Quetzal\nwhy: '[[Project Falcon]]'\n---\n"
    ),
    "Notes/Peregrine falcon plan.md": "---\ntype: project\nstatus: active\n---\n",
    "Quetzal deal/Office.md": "---\ntype: project\nserves: '[[Grow]]'\n---\n",
    "Day.canvas": '{"nodes": [{"id": "a", "type": "file", "file": "Objectives/Project Falcon.md"}]}',
}
"""Notes that everybody may read, and that name what is secret."""


def once(company: Mapping[str, str], secret: Mapping[str, str], mark: str) -> Past | None:
    """What notes said on earlier days: the open ones, the secret ones before they were secret, and some that are gone.

    Without secret notes there is nothing of them in the past either.
    """
    first, later, last = date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 11)
    said = [(path, first, text) for path, text in company.items() if path.endswith(".md") and "/2026-03" not in path]
    said += [(path, later, _before(text)) for path, text in company.items() if path.startswith(("Pri", "Proj", "KR"))]
    if secret:
        open_then = {path: text.replace(mark, "x: y") for path, text in secret.items() if path.endswith(".md")}
        said += [(path, first, text) for path, text in open_then.items()]
        said += [(path, later, _before(text)) for path, text in open_then.items()]
        said += [("Projects/Condor.md", first, "---\nstatus: active\nserves: '[[Grow]]'\n---\n")]
        said += [("Projects/Condor.md", later, f"---\n{mark}\nstatus: active\nserves: '[[Grow]]'\n---\n")]
        said += [("Old/Project Falcon.md", first, "---\ntype: objective\n---\n")]
    said += [(path, last, text) for path, text in company.items() if path.startswith(("Priorities", "Projects"))]
    return past("git", [(path, version(day, parse(path, text.encode()))) for path, day, text in said], first)


def _before(text: str) -> str:
    """A note as it was: due sooner, in another's hands, in better health."""
    for now, then in (("2026-05-01", "2026-04-15"), ("Ann Lee", "Cy Cole"), ("at_risk", "on_track"), ("red", "green")):
        text = text.replace(now, then)
    return text.replace("done", "active").replace("current: 30", "current: 12")


INDEXES = (
    "[[index]]\npath = 'Lists/All.md'\nfolder = ''\n"
    "[[index]]\npath = 'Lists/Owners.md'\nkind = 'project'\ngroup = 'owner'\nlimit = 2\n"
    "[[index]]\npath = 'Lists/Status.md'\nproperty = 'status'\nsort = 'updated'\n"
)


def settings(audience: str, language: str) -> str:
    """Every page that there is, one of the vault's own among them, for the same readers."""
    asked = "[pages]\non = ['x-matrix', 'board-update', 'investor-update', 'team-update', 'trial']\n"
    tables = "".join(f"[page.{name}]\naudience = '{audience}'\n" for name in PAGES)
    own = f"[page.office]\ntemplate = 'office.md.j2'\naudience = '{audience}'\n"
    return f"language = '{language}'\n{asked}canvas = true\nbases = true\n{tables}{own}{INDEXES}"
