-- Totals that a table gives only in parts. A key is summed where no total of it stands anywhere in the
-- segment, and its parts do not contain each other: along each breakdown either every row is a part
-- or none is, and no means of transport stands beside the one that it belongs to.
CREATE OR REPLACE TEMP VIEW summed AS
WITH part AS (
    SELECT p.* FROM read_parquet(getvariable('parts')) p
    ANTI JOIN read_parquet(getvariable('totals')) t
        ON t.aside = 0 AND t.source = p.source AND t.reporter = p.reporter AND t.partner = p.partner AND t.flow = p.flow
        AND t.hs = p.hs AND t.period_kind = p.period_kind AND t.period_start = p.period_start
),
grouped AS (
    SELECT
        reporter, partner, flow, any_value(revision) AS revision, any_value(level) AS level, hs, period_kind, period_start,
        sum(value) AS value,
        if(count(weight) = count(*), sum(weight), NULL) AS weight,
        bool_or(weight_estimated) AS weight_estimated,
        if(count(quantity) = count(*) AND count(DISTINCT quantity_unit) = 1, sum(quantity), NULL) AS quantity,
        any_value(quantity_unit) AS quantity_unit,
        bool_or(quantity_estimated) AS quantity_estimated,
        'C00' AS customs, '0' AS transport, 'W00' AS partner2, true AS summed, 0::TINYINT AS aside,
        max(released) AS released, max(retrieved) AS retrieved, source, any_value(origin) AS origin, min(line) AS line,
        count(*) FILTER (customs = 'C00') IN (0, count(*))
            AND count(*) FILTER (transport = '0') IN (0, count(*))
            AND count(*) FILTER (partner2 = 'W00') IN (0, count(*))
            AND count(*) FILTER (list_contains(whole, transport)) = 0 AS settled
    FROM (
        SELECT
            *,
            -- the means of transport that contain one of this key: 3000 contains 3100, 9100 9110
            list_concat(
                list(left(transport, 1) || '000') FILTER (transport NOT LIKE '%000') OVER same,
                list(left(transport, 2) || '00') FILTER (transport NOT LIKE '%00') OVER same
            ) AS whole
        FROM part
        WINDOW same AS (PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start)
    )
    GROUP BY source, reporter, partner, flow, hs, period_kind, period_start
)
FROM grouped
