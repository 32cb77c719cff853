"""Validators of links: where they lead, and whether it is where their writer meant."""
