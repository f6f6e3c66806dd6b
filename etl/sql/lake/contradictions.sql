-- Rows of one key, of one release, with other figures than the first of them.
SELECT line, first_line, origin, reporter, partner, flow, hs
FROM (
    SELECT
        *,
        first_value(line) OVER same AS first_line,
        first_value(coalesce(value, -1)) OVER same AS first_figure,
        first_value(coalesce(weight, -1)) OVER same AS first_weight,
        first_value(coalesce(quantity, -1)) OVER same AS first_quantity
    FROM read_parquet($files)
    WHERE aside < 2
    WINDOW same AS (
        PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start, customs, transport, partner2, released
        ORDER BY origin, line
    )
)
WHERE coalesce(value, -1) <> first_figure OR coalesce(weight, -1) <> first_weight OR coalesce(quantity, -1) <> first_quantity
ORDER BY origin, line
LIMIT 1000
