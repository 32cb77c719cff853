"""Validators of what serves what: priorities, and the objectives above them."""
