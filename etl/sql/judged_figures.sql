-- What claims are held against, without any note. Market prices of single days are left out: no claim is.
SELECT o.indicator, o.period_start, o.period_end, o.value, o.low, o.high, o.bound, o.unit, o.terms, o.precision,
    o.rank, o.class, o.source, o.publisher, o.wire, o.counter, coalesce(o.url, ''), o.published, o.published_precision,
    o.status = 'derived' AS converted
FROM observation o JOIN indicator i ON i.id = o.indicator
WHERE o.kind = 'actual' AND i.kind = 'actual' AND o.correction IS NULL
    AND NOT (o.period_kind = 'day' AND i.basis = 'market')
    AND coalesce(o.value, o.low, o.high) IS NOT NULL
ORDER BY o.id
