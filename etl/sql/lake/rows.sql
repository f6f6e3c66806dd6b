-- Rows of a table of flows as the lake keeps them, in the order in which they are read: by pair.
-- Value in USD, weight in kg. A weight of 0 and none both say that none was published.
-- aside: 0 a total, 1 a part of one (customs procedure, transport, second partner), 2 trade of a
-- group of countries, which is counted under each of them already.
-- Little is carried through the sort: areas as their numbers, and no breakdown where a piece has none
-- (rows_parts.sql, rows_totals.sql).
CREATE OR REPLACE TEMP VIEW lake_row AS
WITH coded AS (
    SELECT
        r.number AS reporter_number,
        p.number AS partner_number,
        CASE flow
            WHEN 'M' THEN 'M'::direction
            WHEN 'X' THEN 'X'::direction
            WHEN '1' THEN 'M'::direction
            WHEN '2' THEN 'X'::direction
            WHEN '3' THEN 'RX'::direction
            WHEN '4' THEN 'RM'::direction
            ELSE try_cast(upper(coalesce(flow, getvariable('flow'))) AS direction)
        END AS flow,
        revision,
        CASE
            WHEN getvariable('digits') = 0 OR hs = 'TOTAL' THEN hs
            ELSE lpad(hs, greatest(length(hs), getvariable('digits'))::INTEGER, '0')
        END AS hs,
        period,
        value,
        CASE WHEN weight_text IS NULL THEN weight ELSE nullif(trim(weight_text), 'NA')::DOUBLE END AS weight,
        coalesce(weight_estimated IN ('True', 'true', 'TRUE', '1'), false) OR coalesce(flag IN ('4', '6'), false) AS weight_estimated,
        quantity,
        unit,
        coalesce(quantity_estimated IN ('True', 'true', 'TRUE', '1'), false) OR coalesce(flag IN ('2', '6'), false) AS quantity_estimated,
        CASE
            WHEN coalesce(customs, 'C00') <> 'C00' OR coalesce(transport, '0') <> '0' OR coalesce(partner2, '0') NOT IN ('0', 'W00')
                THEN struct_pack(customs := coalesce(customs, 'C00'), transport := coalesce(transport, '0'), partner2 := coalesce(partner2, '0'))
        END AS breakdown,
        r.kind = 'group' OR p.kind = 'group' AS grouped,
        coalesce(try_cast(released AS DATE), getvariable('released')) AS released,
        line::INTEGER AS line
    FROM piece
    LEFT JOIN area r ON r.key = reporter
    LEFT JOIN area p ON p.key = partner
),
sorted AS (
    FROM coded
    ORDER BY reporter_number, partner_number, flow, if(hs = 'TOTAL', 0, length(hs)), hs, period < 10000, period
)
SELECT
    getvariable('places')[reporter_number] AS reporter,
    getvariable('places')[partner_number] AS partner,
    flow,
    coalesce(revision, '') AS revision,
    if(hs = 'TOTAL', 0, length(hs))::TINYINT AS level,
    hs,
    if(period > 9999, 'month'::span, 'year'::span) AS period_kind,
    CASE
        WHEN period BETWEEN 190001 AND 210012 AND period % 100 BETWEEN 1 AND 12 THEN make_date(period // 100, period % 100, 1)
        WHEN period BETWEEN 1900 AND 2100 THEN make_date(period, 1, 1)
    END AS period_start,
    value * getvariable('value_scale') AS value,
    nullif(weight, 0) * getvariable('weight_scale') AS weight,
    weight_estimated,
    nullif(quantity, 0) AS quantity,
    coalesce(unit, '') AS quantity_unit,
    quantity_estimated,
    {breakdown},
    released,
    getvariable('retrieved') AS retrieved,
    getvariable('source')::told_source AS source,
    getvariable('origin')::told_origin AS origin,
    line
FROM sorted
