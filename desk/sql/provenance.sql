WITH chosen AS (
    SELECT p.*, o.rank, o.published AS chosen_published, o.class AS chosen_class, o.page AS chosen_page
    FROM point p LEFT JOIN observation o ON o.id = p.observation
    WHERE p.indicator = $indicator AND p.period_start = $start AND p.period_end = $end
        AND p.known_from <= $as_of AND p.known_to > $as_of
)
SELECT o.id = c.observation AS chosen, o.period_kind, o.value, o.low, o.high, o.bound, o.unit, o.terms, o.precision, o.value_text, o.unit_text,
    o.status, o.kind, o.source, o.class, o.publisher, o.wire, o.counter, o.url, o.published, o.published_text, o.published_precision,
    o.retrieved::DATE AS retrieved, o.note, o.file, o.line,
    CASE
        WHEN o.id = c.observation THEN if(c.disputed, 'chosen_disputed', 'chosen')
        WHEN o.published > $as_of THEN 'later'
        WHEN o.correction IS NOT NULL THEN 'corrected'
        WHEN o.kind = 'note' THEN 'remark'
        WHEN o.kind <> i.kind THEN 'other_kind'
        WHEN o.kind = 'actual' AND o.published < o.period_end THEN 'before_end'
        WHEN o.bound <> '=' THEN 'bound'
        WHEN c.observation IS NULL THEN 'superseded'
        WHEN agrees(o.value, o.precision, c.value, c.precision) AND o.precision > c.precision THEN 'fewer_digits'
        WHEN agrees(o.value, o.precision, c.value, c.precision) THEN 'same'
        WHEN o.rank > c.rank THEN 'class'
        WHEN o.published < c.chosen_published THEN 'newer'
        ELSE 'differs'
    END AS why, c.chosen_class, o.correction
FROM observation o
JOIN indicator i ON i.id = o.indicator
LEFT JOIN chosen c ON c.unit = o.unit AND c.terms = o.terms AND c.period_kind = o.period_kind
WHERE o.indicator = $indicator AND o.period_start = $start AND o.period_end = $end
ORDER BY coalesce(chosen, false) DESC, o.rank, o.published DESC, o.precision, o.id
