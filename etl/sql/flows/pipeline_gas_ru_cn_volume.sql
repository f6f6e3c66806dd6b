-- unit: kg · status: reported
-- Customs kept the quantity back after 2021: a weight that the UN put in its place is no count of it.
SELECT period_kind, period_start, period_end, weight AS value, weight_estimated AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'M' AND hs = '271121' AND NOT weight_estimated
