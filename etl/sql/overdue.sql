-- Live sources whose next figure is overdue on a day, by their own calendar.
SELECT o.source
FROM observation o JOIN source s ON s.id = o.source
WHERE s.live AND o.kind = 'actual'
GROUP BY o.source, s.next_after_days
HAVING max(o.period_end) + s.next_after_days < $today
