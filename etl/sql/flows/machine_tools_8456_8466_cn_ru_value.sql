-- unit: USD · status: derived
-- All eleven headings, or no sum.
SELECT period_kind, period_start, period_end, sum(value) AS value, FALSE AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'X'
    AND hs IN ('8456', '8457', '8458', '8459', '8460', '8461', '8462', '8463', '8464', '8465', '8466')
GROUP BY period_kind, period_start, period_end
HAVING count(value) = 11
