"""`python -m vaultkit`: the command line comes in, its exit code goes out."""

from vaultkit.cli import script

if __name__ == "__main__":  # a process that is started afresh to parse notes imports this file too
    script()
