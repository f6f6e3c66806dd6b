-- Whose figures are the best known of the indicators in the periods shown, the most frequent first.
SELECT o.publisher
FROM point p JOIN observation o ON o.id = p.observation
WHERE list_contains($indicators::VARCHAR[], p.indicator) AND p.known_from <= $as_of AND p.known_to > $as_of
    AND p.period_end >= $start AND p.period_start <= $end
GROUP BY o.publisher
ORDER BY count(*) DESC, o.publisher
