-- The sums of parts as rows of the lake.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * EXCLUDE (settled) FROM summed WHERE settled
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
