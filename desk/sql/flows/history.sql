-- One product between two countries over time, by month where months are told, else by year.
WITH told AS (
    SELECT period_kind, period_start, sum(value) AS value, sum(weight) AS weight, bool_or(weight_estimated) AS estimated
    FROM flow_row
    WHERE source = $source AND reporter = $reporter AND partner = $partner AND flow = $flow AND hs = $hs
        AND period_start BETWEEN $start AND $end
    GROUP BY period_kind, period_start
)
SELECT period_kind, period_start, value, weight, value / nullif(weight, 0) AS unit_value, estimated
FROM told
WHERE period_kind = if((SELECT bool_or(period_kind = 'month') FROM told), 'month', 'year')
ORDER BY period_start
