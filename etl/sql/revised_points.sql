SELECT o.source, count(*)
FROM point n JOIN observation o ON o.id = n.observation
JOIN previous.point p ON p.indicator = n.indicator AND p.unit = n.unit AND p.terms = n.terms
    AND p.period_kind = n.period_kind AND p.period_start = n.period_start AND p.period_end = n.period_end
WHERE n.known_to = DATE '9999-12-31' AND p.known_to = n.known_to AND n.value <> p.value
GROUP BY o.source
