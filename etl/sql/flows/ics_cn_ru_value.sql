-- unit: USD · status: reported
SELECT period_kind, period_start, period_end, value, FALSE AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'X' AND hs = '8542'
