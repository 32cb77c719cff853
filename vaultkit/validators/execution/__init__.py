"""Validators of what is being done."""
