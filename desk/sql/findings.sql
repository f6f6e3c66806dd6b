SELECT check_name AS "check", severity, passed, indicator, period_start, period_end, detail
FROM finding ORDER BY passed, severity, check_name, period_end DESC
