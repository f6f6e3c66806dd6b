-- unit: thousand cars · status: reported
-- Only where the quantity is a number of items (unit 5).
SELECT period_kind, period_start, period_end, quantity * 0.001 AS value, quantity_estimated AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'X' AND hs = '8703' AND quantity_unit = '5'
