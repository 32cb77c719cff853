"""vaultkit: a chief of staff for your Markdown notes."""

__version__ = "0.1.0"
