SELECT o.indicator, o.period_kind, o.period_start, o.period_end, coalesce(o.value, (o.low + o.high) / 2) AS value, o.low, o.high, o.bound,
    o.unit, o.precision, o.status, o.kind, o.counter, o.source, o.publisher, o.published, o.url, o.note, o.terms, coalesce(o.correction, '') AS correction
FROM observation o
WHERE list_contains($indicators::VARCHAR[], o.indicator) AND o.kind <> 'note' AND o.published <= $as_of
    AND o.period_end >= $start AND o.period_start <= $end AND o.correction IS NULL
ORDER BY o.indicator, o.period_end, o.published, o.id
