"""`python -m vaultkit`: the command line comes in, its exit code goes out."""

import sys

from vaultkit.cli import main

sys.exit(main())
