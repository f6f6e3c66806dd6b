-- DESIGN §3: from observations to the best figure of each period, for every day since the first
-- was published. `known_from`/`known_to` bound the days on which a point was the best known.

CREATE TEMP TABLE candidate AS
SELECT o.* FROM observation o JOIN indicator i ON i.id = o.indicator
WHERE o.kind = i.kind AND o.bound = '=' AND o.value IS NOT NULL AND o.correction IS NULL
    -- no outturn is known before its period has ended
    AND (o.kind <> 'actual' OR o.published >= o.period_end);

-- one number a line and period, so that the windows below carry little
CREATE TEMP TABLE story AS
SELECT row_number() OVER () AS story, *
FROM (SELECT DISTINCT indicator, unit, terms, period_kind, period_start, period_end FROM candidate);

-- A source that is read by machine restates itself: what it said before is a vintage, and competes no
-- more. Without this the work below grows with the square of the vintages.
CREATE TEMP TABLE heard AS
SELECT
    s.story, c.id, c.value, c.precision, c.rank, c.class, c.published, c.retrieved, c.page, c.url,
    if(
        c.file LIKE '%/%',
        coalesce(
            lead(c.published) OVER (
                PARTITION BY s.story, c.source, c.counter, c.file LIKE '%/%' ORDER BY c.published, c.retrieved, c.id
            ),
            DATE '9999-12-31'
        ),
        DATE '9999-12-31'
    ) AS superseded
FROM candidate c JOIN story s USING (indicator, unit, terms, period_kind, period_start, period_end);

CREATE TEMP TABLE best AS
WITH moment AS (
    SELECT DISTINCT story, published AS known_from FROM heard
),
visible AS (
    SELECT h.*, m.known_from, min(h.rank) OVER (PARTITION BY h.story, m.known_from) AS best_rank
    FROM moment m JOIN heard h ON h.story = m.story AND h.published <= m.known_from AND h.superseded > m.known_from
),
-- the newest figure of the best class leads its group: all that agree with it within the coarser digits
led AS (
    SELECT
        *,
        first_value(value) OVER newest AS lead_value,
        first_value(precision) OVER newest AS lead_precision
    FROM visible
    WINDOW newest AS (
        PARTITION BY story, known_from ORDER BY rank, published DESC, retrieved DESC, precision, id
    )
),
-- the class decides what is said, the group how exactly: a rounded copy never beats an exact one that
-- agrees with it, also where the exact one stands on a humbler page (a blog's digits are not taken)
chosen AS (
    SELECT * FROM led
    WHERE agrees(value, precision, lead_value, lead_precision) AND (rank = best_rank OR class <> 'blog')
    QUALIFY row_number() OVER (
        PARTITION BY story, known_from ORDER BY precision, rank, published DESC, retrieved DESC, id
    ) = 1
),
spread AS (
    SELECT
        v.story, v.known_from,
        min(v.value) AS low,
        max(v.value) AS high,
        -- one publisher correcting itself is a revision, not a dispute
        bool_or(NOT agrees(v.value, v.precision, c.value, c.precision) AND v.page <> c.page AND v.url <> c.url) AS disputed
    FROM visible v JOIN chosen c USING (story, known_from)
    WHERE v.rank = v.best_rank
    GROUP BY ALL
)
SELECT
    s.indicator, s.unit, s.terms, s.period_kind, s.period_start, s.period_end, c.known_from,
    coalesce(
        lead(c.known_from) OVER (PARTITION BY c.story ORDER BY c.known_from), DATE '9999-12-31'
    ) AS known_to,
    c.value, c.precision, o.status, c.id AS observation, o.source, v.low, v.high, v.disputed
FROM chosen c
JOIN spread v USING (story, known_from)
JOIN story s USING (story)
JOIN observation o ON o.id = c.id
