SELECT period_kind, period_start, period_end, value, estimated
FROM ({definition}) AS found
ORDER BY period_kind, period_start, period_end
