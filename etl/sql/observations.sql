-- Text rows become observations: units of their line, precision from the digits printed, dates read
-- as their last day, the class of their source.
INSERT INTO observation
WITH dated AS (
    SELECT
        r.*,
        CASE
            WHEN r.published <> '' THEN r.published
            WHEN f.published_rule = 'period_end+1' THEN strftime(r.period_end::DATE + 1, '%Y-%m-%d')
            ELSE f.published
        END AS published_text,
        CASE WHEN r.published = '' THEN 'assumed' END AS assumed
    FROM raw r
    LEFT JOIN source_rule f ON f.id = r.source
)
SELECT
    row_number() OVER (ORDER BY d.file, d.line) AS id,
    d.file,
    d.line,
    d.indicator,
    d.kind,
    d.period_kind,
    d.period_start::DATE,
    d.period_end::DATE,
    try_cast(d.value AS DOUBLE) * l.factor,
    try_cast(d.low AS DOUBLE) * l.factor,
    try_cast(d.high AS DOUBLE) * l.factor,
    d.bound,
    l.unit,
    d.terms,
    power(10, -length(regexp_extract(coalesce(nullif(d.value, ''), d.low), '\.(\d+)$', 1))) * l.factor,
    d.value,
    d.unit,
    CASE WHEN l.via AND d.status = 'reported' THEN 'derived' ELSE d.status END,
    s.id,
    s.class,
    s.rank,
    coalesce(nullif(d.publisher, ''), f.publisher),
    coalesce(p.page, f.publisher),
    coalesce(p.wire, ''),
    coalesce(nullif(d.counter, ''), p.counter, ''),
    coalesce(nullif(d.url, ''), s.url),
    last_published(d.published_text),
    d.published_text,
    coalesce(d.assumed, CASE length(d.published_text) WHEN 10 THEN 'day' WHEN 7 THEN 'month' ELSE 'year' END),
    coalesce(try_cast(d.retrieved AS TIMESTAMP), getvariable('retrieved')::TIMESTAMP),
    d.note,
    NULL
FROM dated d
LEFT JOIN line_unit l ON l.indicator = d.indicator AND l.unit_text = d.unit
LEFT JOIN publisher_line p ON p.text = d.publisher AND d.publisher <> ''
LEFT JOIN source s ON s.id = coalesce(nullif(d.source, ''), p.source)
LEFT JOIN source_rule f ON f.id = s.id;

INSERT INTO correction
SELECT
    c.indicator, c.period_kind, c.period_start::DATE, c.period_end::DATE, c.value, c.unit, c.terms,
    c.url, c.reason, c.guard, o.id
FROM raw_correction c
LEFT JOIN observation o
    ON o.indicator = c.indicator AND o.period_kind = c.period_kind
    AND o.period_start = c.period_start::DATE AND o.period_end = c.period_end::DATE
    AND o.value_text = c.value AND o.unit_text = c.unit AND o.terms = c.terms AND o.url = c.url;

UPDATE observation SET correction = c.reason
FROM correction c WHERE c.observation = observation.id
