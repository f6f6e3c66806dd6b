-- The first figure that cannot be: not a number, negative, or two rows of one key that differ.
WITH cells AS (
    SELECT *, 'primaryValue' AS field, value_text AS word FROM asked
    UNION ALL SELECT *, 'netWgt', weight_text FROM asked
    UNION ALL SELECT *, 'qty', quantity_text FROM asked
),
found AS (
    SELECT
        period, reporterCode, partnerCode, flowCode, cmdCode,
        field || ' ' || quoted(word) || if(try_cast(word AS DECIMAL(38, 6)) < 0, ' is negative', ' is not a number') AS what
    FROM cells
    WHERE word IS NOT NULL AND NOT coalesce(try_cast(word AS DECIMAL(38, 6)) >= 0, false)
    UNION ALL
    SELECT period, reporterCode, partnerCode, flowCode, cmdCode, count(*) || ' rows that differ'
    FROM asked GROUP BY ALL HAVING count(*) > 1
)
SELECT
    what || ' for reporter ' || reporterCode || ', partner ' || partnerCode || ', flow ' || flowCode || ', code ' || cmdCode AS what,
    period
FROM found
ORDER BY period, reporterCode, partnerCode, flowCode, cmdCode, what
LIMIT 1
