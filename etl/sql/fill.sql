-- Periods without a reported figure: derived, marked, never over a reported one. Each `fill` says
-- in words what it was computed from; `precision` is the tolerance of the result.

CREATE TEMP TABLE fill AS SELECT *, NULL::BIGINT AS input, 0 AS priority, '' AS method, '' AS inputs FROM best;

-- A market price or rate of a longer period is the mean of its months.
INSERT INTO fill BY NAME
WITH monthly AS (
    SELECT b.* FROM best b JOIN indicator i ON i.id = b.indicator
    WHERE b.period_kind = 'month' AND i.basis = 'market' AND i.measure IN ('price', 'rate')
),
spans AS (
    SELECT a.indicator, a.unit, a.terms, date_trunc('year', a.period_start)::DATE AS period_start, a.period_end,
        max(m.known_from) AS known_from, avg(m.value) AS value, max(m.precision) AS precision, count(*) AS months,
        bool_or(m.status = 'estimated') AS estimated, max(m.observation) AS input
    FROM monthly a JOIN monthly m ON m.indicator = a.indicator AND m.unit = a.unit AND m.terms = a.terms
        AND year(m.period_start) = year(a.period_start) AND m.period_start <= a.period_start
        AND m.known_to = DATE '9999-12-31'
    WHERE a.known_to = DATE '9999-12-31' AND month(a.period_start) > 1
    GROUP BY ALL
)
SELECT indicator, unit, terms, CASE month(period_end) WHEN 12 THEN 'year' ELSE 'ytd' END AS period_kind,
    period_start, period_end, known_from, DATE '9999-12-31' AS known_to, value, precision,
    if(estimated, 'estimated', 'derived') AS status, input, 1 AS priority, 'mean of months' AS method,
    'mean of ' || months || ' monthly figures' AS inputs, false AS disputed
FROM spans WHERE months = month(period_end);

-- A total is the sum of its parts, a part the total minus the other.
INSERT INTO fill BY NAME
WITH identity AS (
    SELECT total, part, other, kind FROM (
        SELECT whole AS total, first AS part, second AS other, 'sum' AS kind FROM parts
        UNION ALL SELECT whole, first, second, 'rest' FROM parts
        UNION ALL SELECT whole, second, first, 'rest' FROM parts
    )
)
SELECT if(kind = 'sum', total, other) AS indicator, a.unit, a.terms, a.period_kind, a.period_start, a.period_end,
    greatest(a.known_from, b.known_from) AS known_from, least(a.known_to, b.known_to) AS known_to,
    if(kind = 'sum', b.value + a.value, a.value - b.value) AS value, (a.precision + b.precision) / 2 AS precision,
    worst_status(a.status, b.status) AS status, 1 AS priority,
    if(kind = 'sum', 'sum of parts', 'total minus part') AS method, false AS disputed, a.observation AS input,
    a.indicator || ' ' || digits(a.value) || if(kind = 'sum', ' + ', ' − ') || b.indicator || ' ' || digits(b.value) || ' ' || a.unit AS inputs
FROM identity
JOIN best a ON a.indicator = if(kind = 'sum', other, total)
JOIN best b ON b.indicator = part AND b.unit = a.unit AND b.terms = a.terms AND b.period_kind = a.period_kind
    AND b.period_start = a.period_start AND b.period_end = a.period_end
WHERE greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to);

-- What later rules may build on: reported figures, and the two kinds of fill above where there is none.
CREATE TEMP TABLE line AS
SELECT * FROM fill WHERE priority = 0
UNION ALL
SELECT * FROM fill f
WHERE priority > 0 AND NOT EXISTS (
    SELECT 1 FROM best b WHERE b.indicator = f.indicator AND b.unit = f.unit AND b.terms = f.terms
        AND b.period_kind = f.period_kind AND b.period_start = f.period_start AND b.period_end = f.period_end
);

-- A month is this year-to-date minus the one before, less the reported months between them when one
-- alone is missing; else the difference is a range of months. Either carries revisions of earlier months.
INSERT INTO fill BY NAME
WITH running AS (
    SELECT l.* EXCLUDE (period_kind, method, inputs) FROM line l JOIN indicator i ON i.id = l.indicator AND i.additive
    WHERE l.period_kind IN ('ytd', 'year') AND l.period_end = last_day(l.period_end)
),
ends AS (
    SELECT indicator, unit, terms, period_start, period_end,
        lag(period_end, 1, period_start - 1) OVER (PARTITION BY indicator, unit, terms, period_start ORDER BY period_end) AS before_end
    FROM (SELECT DISTINCT indicator, unit, terms, period_start, period_end FROM running)
),
gap AS (
    SELECT a.indicator, a.unit, a.terms, e.before_end, a.period_end, a.value AS later, coalesce(b.value, 0) AS earlier,
        a.precision + coalesce(b.precision, 0) AS precisions, worst_status(a.status, coalesce(b.status, 'derived')) AS status,
        coalesce(a.observation, a.input) AS input,
        greatest(a.known_from, coalesce(b.known_from, a.known_from)) AS known_from, least(a.known_to, coalesce(b.known_to, a.known_to)) AS known_to,
        generate_series(e.before_end + 1, a.period_end, INTERVAL 1 MONTH)::DATE[] AS months
    FROM running a
    JOIN ends e USING (indicator, unit, terms, period_start, period_end)
    LEFT JOIN running b ON b.indicator = a.indicator AND b.unit = a.unit AND b.terms = a.terms AND b.period_end = e.before_end
        AND b.period_start = a.period_start AND greatest(a.known_from, b.known_from) < least(a.known_to, b.known_to)
    WHERE b.value IS NOT NULL OR e.before_end < a.period_start
),
filled AS (
    SELECT g.*, coalesce(m.starts, []) AS starts, coalesce(m.total, 0) AS total, coalesce(m.precisions, 0) AS month_precisions,
        m.known_from AS months_known
    FROM gap g
    LEFT JOIN LATERAL (
        SELECT list(b.period_start) AS starts, sum(b.value) AS total, sum(b.precision) AS precisions, max(b.known_from) AS known_from
        FROM best b
        WHERE b.indicator = g.indicator AND b.unit = g.unit AND b.terms = g.terms AND b.period_kind = 'month'
            AND b.period_start > g.before_end AND b.period_end <= g.period_end AND b.known_to = DATE '9999-12-31'
    ) m ON true
),
-- alone: one month is missing between the two figures, and the others are reported
judged AS (
    SELECT *, list_filter(months, lambda month: NOT list_contains(starts, month)) AS missing, len(months) > 1 AND len(missing) = 1 AS alone
    FROM filled
)
SELECT indicator, unit, terms, if(len(missing) = 1 OR len(months) = 1, 'month', 'range') AS period_kind,
    if(len(months) = 1, months[1], if(alone, missing[1], months[1])) AS period_start,
    if(alone, last_day(missing[1]), period_end) AS period_end,
    greatest(known_from, if(alone, months_known, known_from)) AS known_from, known_to,
    later - earlier - if(alone, total, 0) AS value,
    (precisions + if(alone, month_precisions, 0)) / 2 AS precision,
    status, if(alone, 3, 2) AS priority, 'year-to-date difference' AS method, false AS disputed, input,
    'to ' || strftime(judged.period_end, '%b %Y') || ' ' || digits(later)
        || if(earlier = 0, '', ' − to ' || strftime(before_end, '%b %Y') || ' ' || digits(earlier))
        || if(alone, ' − reported months between ' || digits(total), '') || ' ' || unit AS inputs
FROM judged
WHERE greatest(known_from, if(alone, months_known, known_from)) < known_to
    AND NOT (earlier = 0 AND before_end < months[1] AND NOT alone AND len(months) > 1);

-- Year to date and year as the sum of months of one statistical source.
INSERT INTO fill BY NAME
WITH monthly AS (
    SELECT l.* FROM line l
    JOIN indicator i ON i.id = l.indicator AND i.additive
    JOIN source s ON s.id = l.source AND s.class IN ('official', 'vendor')
    WHERE l.period_kind = 'month'
),
moment AS (
    SELECT DISTINCT a.indicator, a.unit, a.terms, a.source, a.period_end, m.known_from
    FROM monthly a JOIN monthly m USING (indicator, unit, terms, source)
    WHERE year(m.period_end) = year(a.period_end) AND m.period_end <= a.period_end AND month(a.period_end) > 1
),
sums AS (
    SELECT t.indicator, t.unit, t.terms, t.source, t.period_end, t.known_from,
        sum(m.value) AS value, sum(m.precision) / 2 AS precision, count(*) AS months, bool_or(m.status = 'estimated') AS estimated, max(m.observation) AS input
    FROM moment t JOIN monthly m USING (indicator, unit, terms, source)
    WHERE year(m.period_end) = year(t.period_end) AND m.period_end <= t.period_end
        AND m.known_from <= t.known_from AND t.known_from < m.known_to
    GROUP BY ALL
    HAVING count(*) = month(t.period_end)
)
SELECT indicator, unit, terms, if(months = 12, 'year', 'ytd') AS period_kind, date_trunc('year', period_end)::DATE AS period_start,
    period_end, known_from,
    coalesce(lead(known_from) OVER (PARTITION BY indicator, unit, terms, source, period_end ORDER BY known_from), DATE '9999-12-31') AS known_to,
    value, precision, if(estimated, 'estimated', 'derived') AS status, 1 AS priority, 'sum of months' AS method,
    'sum of ' || months || ' months of ' || source AS inputs, input, false AS disputed
FROM sums;

-- Barrels a day and tonnes of one flow stay two lines; each fills gaps of the other.
INSERT INTO fill BY NAME
SELECT l.indicator, u.id AS unit, l.terms, l.period_kind, l.period_start, l.period_end, l.known_from, l.known_to,
    if(u.id = 'Mt', l.value * days / c.value, l.value * c.value / days) AS value,
    if(u.id = 'Mt', l.precision * days / c.value / 2, l.precision * c.value / days / 2)
        + 0.006 * if(u.id = 'Mt', l.value * days / c.value, l.value * c.value / days) AS precision,
    if(l.status = 'estimated', 'estimated', 'derived') AS status, 3 AS priority, 'converted' AS method, false AS disputed, coalesce(l.observation, l.input) AS input,
    digits(l.value) || ' ' || l.unit || ' at ' || c.value || ' barrels a tonne over ' || days || ' days' AS inputs
FROM (SELECT *, period_end - period_start + 1 AS days FROM line WHERE period_kind <> 'day') l
JOIN constant c ON c.id = 'bbl_per_tonne_crude'
JOIN (SELECT DISTINCT indicator, unit AS id FROM line_unit) u
    ON u.indicator = l.indicator AND ((l.unit = 'mb/d' AND u.id = 'Mt') OR (l.unit = 'Mt' AND u.id = 'mb/d'));

-- Dollars and yuan at the mean rate of the period, where the money was printed in the other only.
INSERT INTO fill BY NAME
SELECT l.indicator, u.id AS unit, l.terms, l.period_kind, l.period_start, l.period_end,
    greatest(l.known_from, r.known_from) AS known_from, l.known_to,
    if(u.id = 'CNY bn', l.value * r.value, l.value / r.value) AS value,
    if(u.id = 'CNY bn', l.precision * r.value / 2, l.precision / r.value / 2) + 0.01 * if(u.id = 'CNY bn', l.value * r.value, l.value / r.value) AS precision,
    if(l.status = 'estimated', 'estimated', 'derived') AS status, 3 AS priority, 'converted' AS method, false AS disputed, coalesce(l.observation, l.input) AS input,
    digits(l.value) || ' ' || l.unit || ' at ' || digits(r.value) || ' yuan a dollar (mean of the period)' AS inputs
FROM line l
JOIN line r ON r.indicator = 'fx_usd_cny' AND r.period_start = l.period_start AND r.period_end = l.period_end
    AND r.known_to = DATE '9999-12-31' AND l.known_to > r.known_from
JOIN (SELECT DISTINCT indicator, unit AS id FROM line_unit) u
    ON u.indicator = l.indicator AND ((l.unit = 'USD bn' AND u.id = 'CNY bn') OR (l.unit = 'CNY bn' AND u.id = 'USD bn'));

-- Another indicator stands in where one has no figure of its own.
INSERT INTO fill BY NAME
SELECT s.indicator, l.unit, l.terms, l.period_kind, l.period_start, l.period_end, l.known_from, l.known_to, l.value, l.precision,
    if(l.status = 'estimated', 'estimated', 'derived') AS status, 4 AS priority, 'stand-in' AS method, false AS disputed, coalesce(l.observation, l.input) AS input,
    s.other || ' ' || digits(l.value) || ' ' || l.unit || ' stands in: it was the only line of this flow' AS inputs
FROM stand_in s JOIN line l ON l.indicator = s.other AND l.period_end <= s.until AND l.period_kind IN ('month', 'ytd', 'year', 'quarter');

-- The base that a page's growth rate and level imply, where that period has no figure at all.
INSERT INTO fill BY NAME
WITH printed AS (
    SELECT level.indicator, level.unit, level.period_kind, (level.period_start - INTERVAL 1 YEAR)::DATE AS period_start,
        a_year_before(level.period_end) AS period_end, level.published AS known_from, level.id AS input,
        level.value / (1 + growth.value / 100) AS value,
        value_spread(level.value, level.precision, growth.value, growth.precision) AS precision,
        digits(level.value) || ' ' || level.unit || ' a year later, printed as ' || digits(growth.value) || ' % growth' AS inputs
    FROM candidate growth
    JOIN candidate level ON growth.indicator = level.indicator || '_yoy' AND growth.url = level.url
        AND growth.period_kind = level.period_kind AND growth.period_start = level.period_start
        AND growth.period_end = level.period_end AND growth.published = level.published
        AND (growth.terms = '' OR level.unit LIKE growth.terms || '%')
    WHERE growth.value > -100 AND level.class <> 'blog'
)
SELECT indicator, unit, '' AS terms, period_kind, period_start, period_end, known_from, DATE '9999-12-31' AS known_to, value, precision,
    'derived' AS status, 5 AS priority, 'implied by growth' AS method, false AS disputed, input, inputs
FROM printed
QUALIFY row_number() OVER (PARTITION BY indicator, unit, period_kind, period_start, period_end ORDER BY precision, known_from) = 1;

INSERT INTO point BY NAME
WITH moment AS (
    SELECT DISTINCT indicator, unit, terms, period_kind, period_start, period_end, known_from AS day FROM fill
),
chosen AS (
    SELECT f.*, m.day
    FROM moment m JOIN fill f USING (indicator, unit, terms, period_kind, period_start, period_end)
    WHERE f.known_from <= m.day AND m.day < f.known_to
    QUALIFY row_number() OVER (
        PARTITION BY indicator, unit, terms, period_kind, period_start, period_end, m.day
        ORDER BY f.priority, f.precision, f.method
    ) = 1
)
SELECT indicator, unit, terms, period_kind, period_start, period_end, day AS known_from,
    coalesce(lead(day) OVER (
        PARTITION BY indicator, unit, terms, period_kind, period_start, period_end ORDER BY day
    ), DATE '9999-12-31') AS known_to,
    value, precision, status, if(method = '', 'reported', method) AS method, disputed, low, high, observation, input, inputs
FROM chosen
