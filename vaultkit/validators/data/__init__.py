"""Validators of what vaultkit could not read, or finds changed, in a note."""
