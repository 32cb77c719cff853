"""Whether what was decided can be found, stands on something, and is carried out."""
