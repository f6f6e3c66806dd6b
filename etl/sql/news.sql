-- Rows of `incoming` that say something else than this source landed last for the same figure.
WITH last AS (
    SELECT * FROM read_parquet($files, union_by_name = true)
    QUALIFY row_number() OVER (
        PARTITION BY indicator, kind, period_kind, period_start, period_end, unit, terms, counter
        ORDER BY retrieved DESC
    ) = 1
)
SELECT i.place
FROM incoming i ANTI JOIN last l
    ON l.indicator = i.indicator AND l.kind = i.kind AND l.period_kind = i.period_kind
    AND l.period_start = i.period_start AND l.period_end = i.period_end
    AND l.unit = i.unit AND l.terms = i.terms AND l.counter = i.counter
    AND l.value = i.value AND l.low = i.low AND l.high = i.high AND l.bound = i.bound AND l.status = i.status
ORDER BY i.place
