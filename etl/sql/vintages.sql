-- The different values of one period in the order of publication: as printed, and as implied by the
-- growth rate that a page prints a year later beside its new level.

INSERT INTO vintage BY NAME
WITH steps AS (
    SELECT *, lag(value) OVER line AS before, lag(precision) OVER line AS before_precision, lag(source) OVER line AS before_source
    FROM best
    WINDOW line AS (PARTITION BY indicator, unit, terms, period_kind, period_start, period_end ORDER BY known_from)
)
SELECT indicator, unit, period_kind, period_start, period_end, known_from AS published, value,
    value - precision AS low, value + precision AS high, precision, status, observation
FROM steps
WHERE terms = '' AND (
    before IS NULL
    OR NOT agrees(value, precision, before, before_precision)
    -- one digit is rounding between two pages, a revision within one machine-read source
    OR (value <> before AND precision = before_precision AND source = before_source AND source IN (SELECT id FROM source WHERE live))
);

INSERT INTO vintage BY NAME
WITH printed AS (
    SELECT
        level.indicator, level.unit, level.period_kind, level.period_start, level.period_end, growth.published,
        growth.id AS observation, level.value, level.precision, growth.value AS rate, growth.precision AS rate_precision
    FROM candidate growth
    JOIN candidate level ON growth.indicator = level.indicator || '_yoy' AND growth.url = level.url
        AND growth.period_kind = level.period_kind AND growth.period_start = level.period_start
        AND growth.period_end = level.period_end AND growth.published = level.published
        AND (growth.terms = '' OR level.unit LIKE growth.terms || '%')
    WHERE growth.value > -100
),
implied AS (
    SELECT
        p.indicator, p.unit, p.period_kind, b.period_start, b.period_end, p.published, p.observation,
        p.value / (1 + p.rate / 100) AS value,
        (p.value - p.precision / 2) / (1 + (p.rate + p.rate_precision / 2) / 100) AS low,
        (p.value + p.precision / 2) / (1 + (p.rate - p.rate_precision / 2) / 100) AS high,
        digits(p.value) || ' ' || p.unit || ' a year later, printed as ' || digits(p.rate) || ' % growth' AS inputs,
        b.value AS first_value, b.precision AS first_precision
    FROM printed p JOIN best b
        ON b.indicator = p.indicator AND b.unit = p.unit AND b.terms = '' AND b.period_kind = p.period_kind
        AND b.period_start = p.period_start - INTERVAL 1 YEAR
        AND b.period_end = a_year_before(p.period_end)
        AND b.known_from < p.published AND p.published <= b.known_to
)
SELECT indicator, unit, period_kind, period_start, period_end, published, value, low, high, high - low AS precision,
    'derived' AS status, observation, inputs
FROM implied
WHERE high < first_value - first_precision OR low > first_value + first_precision
QUALIFY row_number() OVER (
    PARTITION BY indicator, unit, period_kind, period_start, period_end ORDER BY high - low, published
) = 1
