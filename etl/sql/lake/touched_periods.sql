SELECT * FROM (VALUES {rows}) AS t(reporter, period_kind, period_start)
