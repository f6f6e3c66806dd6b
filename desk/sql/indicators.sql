SELECT id, title_en AS title, unit, basis, reporter, partner, flow, hs, cadence, definition, formula
FROM indicator WHERE NOT (formula = '' AND measure = 'growth' AND id LIKE '%_yoy') ORDER BY topic, id
