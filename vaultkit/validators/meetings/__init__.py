"""Validators of meetings, of those whom the company depends on, and of what they are told."""
