-- unit: kg · status: derived
-- Hard coal and lignite. A row of lignite may be absent, because there was none; a row without weight
-- is a gap.
SELECT period_kind, period_start, period_end, sum(weight) AS value, bool_or(weight_estimated) AS estimated
FROM flow
WHERE reporter = 'CHN' AND partner = 'MNG' AND flow = 'M'
    AND hs IN ('2701', '2702')
GROUP BY period_kind, period_start, period_end
HAVING count(weight) = count(*) AND min(hs) = '2701'
