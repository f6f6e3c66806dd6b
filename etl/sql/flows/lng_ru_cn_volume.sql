-- unit: kg · status: reported
SELECT period_kind, period_start, period_end, weight AS value, weight_estimated AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'M' AND hs = '271111'
