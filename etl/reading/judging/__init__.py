"""How a claim is judged: readings of the known figures, hypotheses, and what is said of them."""
