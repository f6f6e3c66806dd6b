SELECT true AS chosen, period_kind, value, unit, terms, precision, status, method, inputs, known_from AS published
FROM point
WHERE indicator = $indicator AND period_start = $start AND period_end = $end AND observation IS NULL
    AND known_from <= $as_of AND known_to > $as_of
ORDER BY unit, terms
