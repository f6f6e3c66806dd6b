-- The part of a year's change in value that its price, or its volume, explains, the other held at the
-- mean of the two years; both effects add up to the change.
INSERT INTO point BY NAME
WITH pair AS (
    SELECT v.unit, v.period_kind, v.period_start, v.period_end, greatest(v.known_from, q.known_from) AS known_from,
        least(v.known_to, q.known_to) AS known_to, v.value AS money, q.value AS volume, v.value / q.value AS price,
        v.precision AS money_precision, worst_status(v.status, q.status) AS status, v.disputed OR q.disputed AS disputed, coalesce(v.observation, v.input) AS input
    FROM point v JOIN point q USING (period_kind, period_start, period_end)
    WHERE v.indicator = $a AND q.indicator = $b AND q.value > 0
        AND v.unit = $unit AND q.unit = (SELECT unit FROM indicator WHERE id = $b)
        AND greatest(v.known_from, q.known_from) < least(v.known_to, q.known_to)
)
SELECT $id AS indicator, $unit AS unit, '' AS terms, n.period_kind, n.period_start, n.period_end,
    greatest(n.known_from, p.known_from) AS known_from, least(n.known_to, p.known_to) AS known_to,
    if(
        $op = 'price_effect', (n.price - p.price) * (n.volume + p.volume) / 2, (n.volume - p.volume) * (n.price + p.price) / 2
    ) AS value, n.money_precision + p.money_precision AS precision,
    worst_status(n.status, p.status) AS status, replace($op, '_', ' ') AS method, n.disputed OR p.disputed AS disputed, n.input,
    'value ' || digits(p.money) || ' to ' || digits(n.money) || ', volume ' || digits(p.volume) || ' to ' || digits(n.volume) AS inputs
FROM pair n JOIN pair p
    ON p.period_kind = n.period_kind AND p.period_start = n.period_start - INTERVAL 1 YEAR AND p.period_end = a_year_before(n.period_end)
WHERE n.period_kind IN ('month', 'quarter', 'ytd', 'year')
    AND greatest(n.known_from, p.known_from) < least(n.known_to, p.known_to)
