-- error: one point a day
SELECT a.indicator, a.period_start, a.period_end, 'two points are valid on one day'
FROM point a JOIN point b USING (indicator, unit, terms, period_kind, period_start, period_end)
WHERE a.known_from < b.known_from AND b.known_from < a.known_to
