"""Validators of who answers for what."""
