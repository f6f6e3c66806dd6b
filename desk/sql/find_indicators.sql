-- What every indicator is found by: names in three languages, aliases, who had told it by a day; what is told most first.
SELECT i.id, i.title_en, i.title_ru, i.title_zh, i.short_en, i.short_ru, i.short_zh, i.aliases, i.definition, i.basis, i.cadence,
    coalesce(string_agg(DISTINCT o.publisher, ' · '), '') AS publishers
FROM indicator i
LEFT JOIN observation o ON o.indicator = i.id AND o.published <= $as_of
WHERE NOT (i.formula = '' AND i.measure = 'growth' AND i.id LIKE '%_yoy')
GROUP BY ALL
ORDER BY count(o.id) DESC, i.id
