-- Of each key the row that counts.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * EXCLUDE (place)
FROM ranked
WHERE place = 1
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
