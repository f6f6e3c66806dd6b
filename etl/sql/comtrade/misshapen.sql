-- The first row whose key cannot be read: number, what.
SELECT
    number,
    CASE
        WHEN period IS NULL OR NOT regexp_full_match(period, '\d{4}((0[1-9]|1[0-2]))?') THEN 'period ' || coalesce(quoted(period), 'is missing')
        WHEN reporterCode IS NULL OR NOT regexp_full_match(reporterCode, '\d+') THEN 'reporterCode ' || coalesce(quoted(reporterCode), 'is missing')
        WHEN partnerCode IS NULL OR NOT regexp_full_match(partnerCode, '\d+') THEN 'partnerCode ' || coalesce(quoted(partnerCode), 'is missing')
        WHEN flowCode IS NULL OR NOT regexp_full_match(flowCode, '[A-Z]+') THEN 'flowCode ' || coalesce(quoted(flowCode), 'is missing')
        WHEN cmdCode IS NULL OR NOT regexp_full_match(cmdCode, '[A-Z0-9]+') THEN 'cmdCode ' || coalesce(quoted(cmdCode), 'is missing')
    END AS what
FROM line
WHERE what IS NOT NULL
ORDER BY number
LIMIT 1
