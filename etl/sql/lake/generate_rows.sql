-- The rows of some months as a customs office tells them: both sides, every level of the HS, every
-- partner and the world. Russia tells nothing after 2021. Sums are sums of what is told below them.
CREATE OR REPLACE TEMP VIEW generated AS
WITH month AS (
    SELECT d::DATE AS day, (year(d) * 12 + month(d))::BIGINT AS number
    FROM range(getvariable('first'), getvariable('after'), INTERVAL 1 MONTH) t(d)
),
sold AS (
    SELECT
        k, seller, buyer, hs, unit, price, day, number,
        base * (1 + 0.25 * sin(2 * pi() * (number / 12.0 + phase))) * exp(0.5 * (chance(k, number) - 0.5))
            * CASE
                WHEN day < DATE '2022-03-01' THEN 1.0
                WHEN buyer = 'RUS' AND seller IN ('USA', 'DEU', 'JPN', 'KOR', 'NLD', 'ITA', 'POL', 'FRA', 'GBR', 'CZE', 'FIN', 'BEL', 'ESP', 'AUT', 'SWE', 'CHE') THEN 0.15
                WHEN buyer = 'RUS' AND seller = 'CHN' THEN 1.8
                WHEN buyer = 'RUS' AND seller IN ('HKG', 'KAZ', 'KGZ', 'UZB', 'ARM', 'GEO', 'TUR', 'ARE') AND left(hs, 2) IN ('84', '85') THEN 5.0
                WHEN buyer IN ('HKG', 'KAZ', 'KGZ', 'UZB', 'ARM', 'GEO', 'TUR', 'ARE') AND left(hs, 2) IN ('84', '85') THEN 2.0
                ELSE 1.0
            END AS value
    FROM trade, month
    WHERE chance(k, number + 100000) < density
),
told AS (
    SELECT seller AS reporter, buyer AS partner, 'X' AS flow, hs, unit, price, day, value, chance(k, number + 200000) AS draw FROM sold
    UNION ALL
    SELECT buyer, seller, 'M', hs, unit, price, day, value * (1.02 + 0.12 * chance(k, 7)), chance(k, number + 300000) FROM sold
    WHERE chance(k, 8) < 0.93
),
leaf AS (
    SELECT
        *,
        if(draw < 0.08, NULL, value / price) AS weight,
        if(unit IN ('u', '2u'), greatest(1, round(value / price / 3)), NULL) AS quantity
    FROM told
    WHERE NOT (reporter = 'RUS' AND day >= DATE '2022-01-01')
),
level AS (
    SELECT
        reporter, flow, day,
        unnest([partner, partner, partner, partner, 'W00', 'W00', 'W00', 'W00']) AS partner,
        unnest([hs, left(hs, 4), left(hs, 2), 'TOTAL', hs, left(hs, 4), left(hs, 2), 'TOTAL']) AS hs,
        value, weight, quantity, unit, draw
    FROM leaf
)
SELECT
    'C' AS typeCode, 'M' AS freqCode, strftime(day, '%Y%m01') AS refPeriodId, year(day) AS refYear, month(day) AS refMonth,
    strftime(day, '%Y%m') AS period,
    r.key AS reporterCode, l.reporter AS reporterISO, flow AS flowCode, p.key AS partnerCode, l.partner AS partnerISO,
    0 AS partner2Code, 'H6' AS classificationCode, hs AS cmdCode, 'C00' AS customsCode, 0 AS motCode,
    CASE WHEN length(hs) < 6 OR hs = 'TOTAL' THEN -1 WHEN any_value(unit) IN ('u', '2u') THEN 5 ELSE 8 END AS qtyUnitCode,
    CASE WHEN length(hs) < 6 OR hs = 'TOTAL' THEN NULL WHEN any_value(unit) IN ('u', '2u') THEN sum(quantity) ELSE round(sum(weight), 1) END AS qty,
    false AS isQtyEstimated,
    if(hs = 'TOTAL', NULL, round(sum(weight), 1)) AS netWgt,
    count(weight) < count(*) AS isNetWgtEstimated,
    round(sum(value), 2) AS primaryValue
FROM level l
JOIN area r ON r.iso = l.reporter AND r.key <> r.iso
JOIN area p ON p.iso = l.partner AND p.key <> p.iso
GROUP BY l.reporter, flow, day, l.partner, hs, r.key, p.key
ORDER BY period, l.reporter, flow, hs, l.partner
