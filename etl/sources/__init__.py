"""The live sources, one module each with ACCESS, plan() and parse()."""
