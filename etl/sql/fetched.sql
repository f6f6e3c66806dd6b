-- Rows of fetched files join the shipped ones in `raw`. A source that restates its whole history with
-- every release repeats most of it: a row that says what the same source said last is left out, so
-- that what stays is a vintage. A price without a date of its own counts as published the day after
-- its period; a restated one on the day that we saw it, or history would be rewritten.
INSERT INTO raw BY NAME
WITH fetched AS (
    SELECT
        * EXCLUDE (filename, file_row_number),
        regexp_extract(filename, '[^/\\]+[/\\][^/\\]+$') AS file,
        file_row_number + 1 AS line
    FROM read_parquet($files, filename = true, file_row_number = true, union_by_name = true)
),
everything AS (
    SELECT *, true AS is_new FROM fetched
    UNION ALL BY NAME
    SELECT *, false AS is_new FROM raw WHERE source IN (SELECT source FROM fetched)
),
ordered AS (
    SELECT
        e.*,
        try_cast(value AS DOUBLE) AS number,
        length(regexp_extract(value, '\.(\d+)$', 1)) AS decimals,
        CASE
            WHEN is_partial_date(e.published) THEN last_published(e.published)
            WHEN r.published_rule = 'period_end+1' THEN try_cast(period_end AS DATE) + 1
            ELSE try_cast(r.published AS DATE)
        END AS known,
        -- a copy without a date counts as published when it was collected: the source itself is newer
        is_new AND r.published_rule = 'fixed' AND e.published <= r.published AND left(retrieved, 10) > r.published AS is_after_copy
    FROM everything e LEFT JOIN source_rule r ON r.id = e.source
),
-- what stands above a row in the order of publication
followed AS (
    SELECT
        *,
        lag(number) OVER story AS said,
        lag(decimals) OVER story AS said_decimals,
        lag(concat_ws('|', bound, low, high, status, kind)) OVER story AS said_words,
        row_number() OVER story AS place
    FROM ordered
    WINDOW story AS (
        PARTITION BY source, indicator, kind, period_kind, period_start, period_end, unit, terms, counter
        ORDER BY if(is_after_copy, left(retrieved, 10)::DATE, known), retrieved, file, line
    )
)
SELECT
    * EXCLUDE (is_new, is_after_copy, number, decimals, known, said, said_decimals, said_words, place)
    REPLACE (if(is_after_copy OR (published = '' AND place > 1), left(retrieved, 10), published) AS published)
FROM followed
WHERE is_new AND NOT coalesce(
    said_words = concat_ws('|', bound, low, high, status, kind)
    AND (
        (number IS NULL AND said IS NULL)
        -- a coarser copy of what was said is no news, a finer one is
        OR abs(number - said) <= if(decimals >= said_decimals, 1e-12 * abs(said), 0.5000001 * power(10, -decimals))
    ),
    false
)
