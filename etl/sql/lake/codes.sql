-- Areas by what a file may call them: the number that UN Comtrade gives them, or our code. `number`
-- is their order by code.
CREATE OR REPLACE TABLE area AS
WITH listed AS (
    SELECT code, iso, kind, (row_number() OVER (ORDER BY iso))::BIGINT AS number
    FROM read_csv($areas, header = true, all_varchar = true)
)
SELECT code AS key, iso, kind, number FROM listed
UNION ALL SELECT iso, iso, kind, number FROM listed
