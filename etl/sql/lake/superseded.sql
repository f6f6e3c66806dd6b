-- The rows that a later release replaced.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * EXCLUDE (place)
FROM ranked
WHERE place > 1
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
