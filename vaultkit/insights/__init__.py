"""Questions asked of a Vault, one file each, pure: `vault.ask(question)` works each out once."""
