"""The read side: series, evidence and figures from a published build; never writes one."""
