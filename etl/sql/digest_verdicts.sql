-- Claims of build `fresh` that build `previous` judged otherwise, by all that either knew.
SELECT c.article, a.title, a.publisher, a.url, c.number, c.indicator, c.value, c.low, c.high, c.unit,
    c.period_start, c.period_end, o.verdict AS old_verdict, nullif(o.reason, '') AS old_reason,
    n.verdict, nullif(n.reason, '') AS reason, n.explanation_en AS explanation
FROM fresh.verdict n
JOIN previous.verdict o ON o.article = n.article AND o.number = n.number AND o.as_of = n.as_of
JOIN fresh.claim c ON c.article = n.article AND c.number = n.number
JOIN previous.claim p ON p.article = c.article AND p.number = c.number
    -- another claim under the same number is no change of verdict
    AND p.indicator = c.indicator AND p.value IS NOT DISTINCT FROM c.value AND p.low IS NOT DISTINCT FROM c.low
    AND p.high IS NOT DISTINCT FROM c.high AND p.period_start IS NOT DISTINCT FROM c.period_start
    AND p.period_end IS NOT DISTINCT FROM c.period_end
JOIN fresh.article a ON a.id = n.article
WHERE n.as_of = 'build' AND (n.verdict <> o.verdict OR n.reason IS DISTINCT FROM o.reason)
ORDER BY n.verdict = 'differs' DESC, c.article, c.number
