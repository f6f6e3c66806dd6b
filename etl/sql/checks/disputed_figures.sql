-- warning: disputed figures
SELECT best.indicator, period_start, period_end, 'figures from ' || digits(low) || ' to ' || digits(high) || ' ' || best.unit || '; ' || digits(value) || ' is used'
FROM best JOIN indicator i ON i.id = best.indicator AND i.kind = 'actual'
WHERE disputed AND known_to = DATE '9999-12-31'
