-- By which revision of the HS a code and the subheadings of its heading were told, from when on, and
-- whether each is in the last revision. No reporter or partner named means all of them together.
SELECT revision, hs, min(period_start) AS first, coalesce(bool_or(g.current), false) AS listed
FROM flow_row
LEFT JOIN good g ON g.code = hs
WHERE source = $source AND ($flow = '' OR flow = $flow)
    AND ($reporter = '' OR reporter = $reporter) AND ($partner = '' OR partner = $partner)
    AND hs BETWEEN left($hs, 4) AND left($hs, 4) || '99' AND (level = 6 OR hs = $hs)
GROUP BY revision, hs
ORDER BY revision, hs
