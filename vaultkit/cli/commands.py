"""The commands there are: nothing comes in; under each heading of `--help`, names and a line of help go out.

A table, so that help and completion import no command. Each has a module of its name, which holds it as `command`.
"""

from __future__ import annotations

from gettext import gettext as _


def commands() -> dict[str, dict[str, str]]:
    """Heading -> name -> what it does in a few words, in the order of help."""
    return {
        _("Begin"): {
            "status": _("What the vault holds and what needs you"),
            "demo": _("Try vaultkit on a copy of a sample vault"),
            "init": _("Propose a vaultkit.toml for this vault"),
        },
        _("Every day"): {
            "brief": _("What to know of today, before a meeting, with a person"),
            "review": _("The weekly review, step by step"),
            "ask": _("The questions to ask yourself this week, or of one note"),
            "changes": _("What has changed since last week, a day or a commit"),
            "check": _("Say what is wrong, why, and what to do next"),
            "explain": _("What a validator looks for, and why it matters"),
            "waive": _("Live with a finding until a day, and say why"),
            "build": _("Write the dashboards and index pages"),
            "watch": _("Check and build whenever a note is saved"),
            "new": _("Make a note: a priority, a project, a decision ..."),
            "mv": _("Move or rename a note; every link keeps its meaning"),
            "undo": _("Take back what vaultkit wrote last"),
        },
        _("Look around"): {
            "show": _("All that is known of one note"),
            "why": _("How the scores of one note come about"),
            "links": _("What a note links to"),
            "backlinks": _("What links to a note"),
            "unresolved": _("Links that lead nowhere yet"),
            "orphans": _("Notes that nothing links to"),
            "deadends": _("Notes that link to nothing"),
            "tags": _("The tags in use"),
            "tasks": _("The tasks, with their places"),
        },
        _("Take away"): {
            "history": _("What vaultkit has written, run by run"),
            "export": _("The whole graph as JSON or GraphML"),
            "eject": _("Remove everything that vaultkit has written"),
            "cache": _("Where what was read is kept, and how to clear it"),
            "completion": _("Completion for your shell"),
        },
    }
