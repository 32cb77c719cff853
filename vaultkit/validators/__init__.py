"""What can be said of a vault: a Vault goes in, Findings come out."""

from vaultkit.model import INTERNAL_ERROR
from vaultkit.validators.catalogue import VALIDATORS, Validator, options
from vaultkit.validators.checking import CRASHES, check, standing, standing_of
from vaultkit.validators.rechecking import recheck

__all__ = [
    "CRASHES",
    "INTERNAL_ERROR",
    "VALIDATORS",
    "Validator",
    "check",
    "options",
    "recheck",
    "standing",
    "standing_of",
]
