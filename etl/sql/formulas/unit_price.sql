-- Value ÷ volume of one period; in barrels or heat by the constant $constant, whose span is part of
-- the tolerance.
INSERT INTO point BY NAME
WITH pair AS (
    SELECT a.period_kind, a.period_start, a.period_end, greatest(a.known_from, b.known_from) AS known_from,
        least(a.known_to, b.known_to) AS known_to, a.value AS money, b.value AS volume,
        a.precision / abs(a.value) + b.precision / abs(b.value) AS relative, worst_status(a.status, b.status) AS status,
        a.disputed OR b.disputed AS disputed, coalesce(a.observation, a.input) AS input, a.unit AS money_unit, b.unit AS volume_unit,
        a.value * ua.factor / (b.value * ub.factor) AS per_base
    FROM point a JOIN point b USING (period_kind, period_start, period_end)
    JOIN unit ua ON ua.id = a.unit JOIN unit ub ON ub.id = b.unit
    WHERE a.indicator = $a AND b.indicator = $b AND b.value > 0 AND a.value > 0
        AND a.unit = (SELECT unit FROM indicator WHERE id = $a) AND b.unit = (SELECT unit FROM indicator WHERE id = $b)
        AND greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to)
),
priced AS (
    SELECT pair.*, c.value AS factor, c.unit AS factor_unit, coalesce((c.high - c.low) / c.value / 2, 0) AS spread,
        CASE
            WHEN $unit = 'USD/MMBtu' AND volume_unit = 'bcm' THEN per_base * 1000 / c.value
            WHEN $unit IN ('USD/bbl', 'USD/MMBtu') THEN per_base / c.value
            WHEN $unit = 'USD/kcm' THEN per_base * 1000
            ELSE per_base
        END AS price
    FROM pair LEFT JOIN constant c ON c.id = $constant
)
SELECT $id AS indicator, $unit AS unit, '' AS terms, period_kind, period_start, period_end, known_from, known_to,
    price AS value, price * (relative / 2 + spread) AS precision,
    status, 'unit price' AS method, disputed, input,
    $a || ' ' || digits(money) || ' ' || money_unit || ' ÷ ' || $b || ' ' || digits(volume) || ' ' || volume_unit
        || coalesce(' at ' || factor || ' ' || factor_unit, '') AS inputs
FROM priced
