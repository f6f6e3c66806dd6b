-- Live sources whose next figure or article is overdue on a day, by their own calendar.
WITH newest AS (
    SELECT source, max(period_end) AS day FROM observation WHERE kind = 'actual' GROUP BY source
    UNION ALL
    SELECT source, max(published) FROM article WHERE source <> '' GROUP BY source
)
SELECT n.source
FROM newest n JOIN source s ON s.id = n.source
WHERE s.live
GROUP BY n.source, s.next_after_days
HAVING max(n.day) + s.next_after_days < $today
