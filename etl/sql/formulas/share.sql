-- a as a percentage of b, one period, one unit.
INSERT INTO point BY NAME
SELECT $id AS indicator, $unit AS unit, '' AS terms, a.period_kind, a.period_start, a.period_end,
    greatest(a.known_from, b.known_from) AS known_from, least(a.known_to, b.known_to) AS known_to,
    100 * a.value / b.value AS value, 50 * (a.precision / b.value + a.value * b.precision / b.value ^ 2) AS precision,
    worst_status(a.status, b.status) AS status, 'share' AS method, a.disputed OR b.disputed AS disputed,
    coalesce(a.observation, a.input) AS input,
    $a || ' ' || digits(a.value) || ' ÷ ' || $b || ' ' || digits(b.value) || ' ' || a.unit AS inputs
FROM point a JOIN point b USING (unit, period_kind, period_start, period_end)
WHERE a.indicator = $a AND b.indicator = $b AND b.value > 0 AND a.unit = (SELECT unit FROM indicator WHERE id = $a)
    AND greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to)
