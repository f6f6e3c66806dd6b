-- The revisions of the HS by which a year and the one before were told, and how many products of the
-- year before alone are not in the last revision.
WITH told AS (
    SELECT DISTINCT year(period_start) AS year, revision, hs
    FROM flow_row
    WHERE source = $source AND reporter = $reporter AND partner = $partner AND flow = $flow AND level = $level
        AND period_start BETWEEN make_date($year - 1, 1, 1) AND make_date($year, 12, 31)
)
SELECT
    min(revision) FILTER (year = $year - 1) AS before,
    max(revision) FILTER (year = $year) AS after,
    count(DISTINCT hs) FILTER (
        year = $year - 1 AND NOT coalesce(g.current, false) AND hs NOT IN (SELECT hs FROM told WHERE year = $year)
    ) AS gone
FROM told
LEFT JOIN good g ON g.code = hs
