-- Invented trade: who sells what to whom, how much, how often. Heavy-tailed in pairs, goods and values.
-- Everything hangs on the seed and on the number of the line alone.
CREATE OR REPLACE MACRO chance(a, b) AS hash(a, b, getvariable('seed'))::DOUBLE / 18446744073709551616.0;
CREATE OR REPLACE TABLE player AS
SELECT iso, (row_number() OVER ())::BIGINT AS rank
FROM (SELECT unnest(['CHN', 'RUS', 'HKG', 'USA', 'DEU', 'KAZ', 'TUR', 'KOR', 'JPN', 'ARE', 'KGZ', 'UZB', 'NLD', 'IND', 'ITA', 'POL', 'ARM', 'GEO', 'VNM', 'MYS', 'SGP', 'FRA', 'GBR', 'IDN', 'AUS', 'SAU', 'BRA', 'MNG', 'THA', 'BLR', 'CZE', 'FIN', 'BEL', 'ESP', 'AUT', 'SWE', 'CHE', 'HUN', 'TJK', 'AZE', 'QAT', 'TKM', 'IRN', 'EGY', 'ZAF', 'MEX', 'CAN', 'SVK', 'ROU', 'SRB']) AS iso);
CREATE OR REPLACE TABLE pair AS
SELECT
    a.iso AS seller, b.iso AS buyer,
    row_number() OVER (ORDER BY a.rank * b.rank * (1 + if(a.iso IN ('CHN', 'RUS') AND b.iso IN ('CHN', 'RUS'), 0, 1)), a.iso, b.iso) - 1 AS place
FROM player a JOIN player b ON a.iso <> b.iso;
CREATE OR REPLACE TABLE ware AS
SELECT code AS hs, unit, row_number() OVER (ORDER BY chance(hash(code), 11)) - 1 AS place
FROM good WHERE length(code) = 6 AND current;
-- What the desk looks at is always there: listed goods on every way to Russia, and its fuels to China.
CREATE OR REPLACE TABLE focus AS
SELECT p.place AS pair_place, w.place AS ware_place
FROM pair p JOIN ware w ON
    CASE
        WHEN p.seller = 'RUS' AND p.buyer = 'CHN' THEN w.hs IN ('270112', '270119', '270210', '270900', '271019', '271111', '271121', '440710', '750210', '260300')
        WHEN p.buyer = 'RUS' THEN p.seller IN ('CHN', 'HKG', 'KAZ', 'KGZ', 'UZB', 'ARM', 'GEO', 'TUR', 'ARE', 'DEU', 'JPN', 'KOR', 'USA')
            AND w.hs IN ('845710', '845811', '845961', '846693', '847150', '851762', '854129', '854231', '854232', '854239', '870323', '870380', '870421')
        WHEN p.seller = 'CHN' THEN p.buyer IN ('HKG', 'KAZ', 'KGZ', 'UZB', 'ARM', 'GEO', 'TUR', 'ARE')
            AND w.hs IN ('845710', '845811', '847150', '851762', '854129', '854231', '854232', '854239')
    END;
CREATE OR REPLACE TABLE trade AS
WITH drawn AS (
    SELECT
        floor((SELECT count(*) FROM pair) * power(chance(k, 1), 3.0))::BIGINT AS pair_place,
        floor((SELECT count(*) FROM ware) * power(chance(k, 2), 1.5))::BIGINT AS ware_place
    FROM range(getvariable('lines')) t(k)
    UNION
    FROM focus
),
numbered AS (SELECT pair_place * 100000 + ware_place AS k, * FROM drawn)
SELECT
    k, seller, buyer, hs, unit,
    least(20000 * power(1 - chance(k, 3), -1.0), 4e9) * (1 + 60.0 / (1 + pair_place)) * if(seller = 'RUS' AND left(hs, 2) = '27', 400, 1) AS base,
    0.4 * power(1 - chance(hash(hs), 4), -1.3) AS price,
    greatest(0.03, power(chance(k, 5), 0.7)) AS density,
    chance(k, 6) AS phase
FROM numbered
JOIN pair ON pair.place = pair_place
JOIN ware ON ware.place = ware_place
