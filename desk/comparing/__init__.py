"""The parts of a comparison: what is asked, what can be compared, what is computed, in words."""
