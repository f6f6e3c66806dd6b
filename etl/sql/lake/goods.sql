-- Goods by HS code of two, four and six digits, of every revision; `current` those of the last one.
CREATE OR REPLACE TABLE good AS
SELECT code, name, coalesce(unit, '') AS unit, current = '1' AS current
FROM read_csv($goods, header = true, all_varchar = true)
