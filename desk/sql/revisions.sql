-- Every step from one published value of a period to the next, the newest publication first. One that
-- only a later growth rate implies is named so.
WITH step AS (
    SELECT v.*,
        lag(v.value) OVER story AS old_value,
        lag(v.published) OVER story AS published_old
    FROM vintage v
    WHERE v.published <= $as_of
    WINDOW story AS (
        PARTITION BY v.indicator, v.unit, v.period_kind, v.period_start, v.period_end
        ORDER BY v.published, v.status = 'derived'
    )
)
SELECT s.published AS published_new, i.title_en, i.title_ru, i.title_zh, s.period_kind, s.period_start, s.period_end,
    round(s.old_value, 6) AS old_value, round(s.value, 6) AS new_value, s.unit,
    round(100 * (s.value - s.old_value) / nullif(abs(s.old_value), 0), 2) + 0.0 AS size_percent,
    s.status = 'derived' AS implied, o.publisher AS source, s.published_old, o.url
FROM step s
JOIN indicator i ON i.id = s.indicator
LEFT JOIN observation o ON o.id = s.observation
WHERE s.old_value IS NOT NULL AND i.kind = 'actual'
ORDER BY s.published DESC, s.indicator, s.period_end DESC, s.unit
