-- Yuan for a dollar by month, the mean where two sources give it.
SELECT period_start, avg(value)
FROM observation
WHERE indicator = 'fx_usd_cny' AND period_kind = 'month' AND correction IS NULL AND value IS NOT NULL
GROUP BY period_start
ORDER BY period_start
