"""From an article to claims: figures with unit, period, kind and indicator, and their verdicts."""
