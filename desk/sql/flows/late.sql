-- Which of some products are told by the last revision of the HS alone, where others are told by an
-- earlier one too: of earlier years they are missing.
WITH told AS (
    SELECT hs, min(revision) AS first
    FROM flow_row
    WHERE source = $source AND flow = 'X' AND list_contains($codes, hs) AND revision BETWEEN 'H0' AND $last
        AND period_start BETWEEN $start AND $end
    GROUP BY hs
)
SELECT hs FROM told WHERE first = $last AND (SELECT min(first) FROM told) < $last ORDER BY hs
