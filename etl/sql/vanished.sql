-- Observations of the previous build that are not in this one.
INSERT INTO finding
SELECT 'observations that vanished', if(live, 'error', 'warning'), false, indicator, period_start, period_end,
    value_text || ' ' || unit_text || ' of ' || publisher || ' was in the last build and is not in this one'
FROM (
    SELECT o.indicator, o.period_start, o.period_end, o.value_text, o.unit_text, o.url, o.publisher, coalesce(s.live, false) AS live
    FROM previous.observation o LEFT JOIN previous.source s ON s.id = o.source
) gone
ANTI JOIN observation USING (indicator, period_start, period_end, value_text, unit_text, url)
