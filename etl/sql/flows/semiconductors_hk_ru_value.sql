-- unit: USD · status: derived
-- Both headings, or no sum.
SELECT period_kind, period_start, period_end, sum(value) AS value, FALSE AS estimated
FROM flow
WHERE reporter = 'HKG' AND partner = 'RUS' AND flow = 'X'
    AND hs IN ('8541', '8542')
GROUP BY period_kind, period_start, period_end
HAVING count(value) = 2
