-- a − b of one period.
INSERT INTO point BY NAME
SELECT $id AS indicator, $unit AS unit, '' AS terms, a.period_kind, a.period_start, a.period_end,
    greatest(a.known_from, b.known_from) AS known_from, least(a.known_to, b.known_to) AS known_to,
    a.value - b.value AS value, (a.precision + b.precision) / 2 AS precision, worst_status(a.status, b.status) AS status,
    'difference' AS method, a.disputed OR b.disputed AS disputed,
    coalesce(a.observation, a.input) AS input,
    $a || ' ' || digits(a.value) || ' − ' || $b || ' ' || digits(b.value) || ' ' || a.unit AS inputs
FROM point a JOIN point b USING (unit, period_kind, period_start, period_end)
WHERE a.indicator = $a AND b.indicator = $b AND a.unit = $unit
    AND greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to)
