"""Why a note stands where it stands: each score of it, term by term, one file a theme."""
