"""Made once by people, and again when a source has moved on: not part of the program."""
