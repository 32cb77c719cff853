"""What a chief of staff would ask: a Vault and its findings go in, questions with their evidence come out."""
