-- DESIGN §3: from observations to the best figure of each period, for every day since the first
-- was published. `known_from`/`known_to` bound the days on which a point was the best known.

CREATE TEMP TABLE candidate AS
SELECT o.* FROM observation o JOIN indicator i ON i.id = o.indicator
WHERE o.kind = i.kind AND o.bound = '=' AND o.value IS NOT NULL AND o.correction IS NULL
    -- no outturn is known before its period has ended
    AND (o.kind <> 'actual' OR o.published >= o.period_end);

CREATE TEMP TABLE best AS
WITH moment AS (
    SELECT DISTINCT indicator, unit, terms, period_kind, period_start, period_end, published AS known_from
    FROM candidate
),
visible AS (
    SELECT c.*, m.known_from, min(c.rank) OVER known AS best_rank
    FROM moment m JOIN candidate c USING (indicator, unit, terms, period_kind, period_start, period_end)
    WHERE c.published <= m.known_from
    WINDOW known AS (PARTITION BY indicator, unit, terms, period_kind, period_start, period_end, m.known_from)
),
-- the newest figure of the best class leads its group: all that agree with it within the coarser digits
led AS (
    SELECT
        *,
        first_value(value) OVER newest AS lead_value,
        first_value(precision) OVER newest AS lead_precision
    FROM visible
    WINDOW newest AS (
        PARTITION BY indicator, unit, terms, period_kind, period_start, period_end, known_from
        ORDER BY rank, published DESC, retrieved DESC, precision, id
    )
),
-- the class decides what is said, the group how exactly: a rounded copy never beats an exact one that
-- agrees with it, also where the exact one stands on a humbler page (a blog's digits are not taken)
chosen AS (
    SELECT * FROM led
    WHERE agrees(value, precision, lead_value, lead_precision) AND (rank = best_rank OR class <> 'blog')
    QUALIFY row_number() OVER (
        PARTITION BY indicator, unit, terms, period_kind, period_start, period_end, known_from
        ORDER BY precision, rank, published DESC, retrieved DESC, id
    ) = 1
)
SELECT
    c.indicator, c.unit, c.terms, c.period_kind, c.period_start, c.period_end, c.known_from,
    coalesce(lead(c.known_from) OVER moments, DATE '9999-12-31') AS known_to,
    c.value, c.precision, c.status, c.id AS observation, c.source,
    v.low, v.high, v.disputed
FROM chosen c
JOIN (
    SELECT
        v.indicator, v.unit, v.terms, v.period_kind, v.period_start, v.period_end, v.known_from,
        min(v.value) AS low,
        max(v.value) AS high,
        -- one publisher correcting itself is a revision, not a dispute
        bool_or(NOT agrees(v.value, v.precision, c.value, c.precision) AND v.page <> c.page AND v.url <> c.url) AS disputed
    FROM visible v JOIN chosen c USING (indicator, unit, terms, period_kind, period_start, period_end, known_from)
    WHERE v.rank = v.best_rank
    GROUP BY ALL
) v USING (indicator, unit, terms, period_kind, period_start, period_end, known_from)
WINDOW moments AS (
    PARTITION BY c.indicator, c.unit, c.terms, c.period_kind, c.period_start, c.period_end ORDER BY c.known_from
)
