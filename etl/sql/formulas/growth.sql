-- Change on the same period a year earlier, in the main unit.
INSERT INTO point BY NAME
SELECT $id AS indicator, $unit AS unit, '' AS terms, a.period_kind, a.period_start, a.period_end,
    greatest(a.known_from, b.known_from) AS known_from, least(a.known_to, b.known_to) AS known_to,
    100 * (a.value / b.value - 1) AS value, 50 * (a.precision / b.value + a.value * b.precision / b.value ^ 2) AS precision,
    worst_status(a.status, b.status) AS status, 'growth' AS method, a.disputed OR b.disputed AS disputed,
    coalesce(a.observation, a.input) AS input,
    digits(a.value) || ' against ' || digits(b.value) || ' ' || a.unit || ' a year earlier' AS inputs
FROM point a JOIN point b
    ON b.indicator = a.indicator AND b.unit = a.unit AND b.period_kind = a.period_kind
    AND b.period_start = a.period_start - INTERVAL 1 YEAR AND b.period_end = a_year_before(a.period_end)
WHERE a.indicator = $a AND a.unit = (SELECT unit FROM indicator WHERE id = $a) AND b.value > 0
    AND a.period_kind IN ('month', 'quarter', 'ytd', 'year')
    AND greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to)
