-- unit: kg · status: derived
-- Hard coal and lignite; where either is missing there is no sum.
SELECT period_kind, period_start, period_end, sum(weight) AS value, bool_or(weight_estimated) AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'RUS' AND flow = 'M'
    AND hs IN ('2701', '2702')
GROUP BY period_kind, period_start, period_end
HAVING count(weight) = 2
