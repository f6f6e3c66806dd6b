-- The newest period of each source's indicators, of the kind that the indicator is kept in.
SELECT o.source, o.indicator, max(o.period_end)
FROM observation o JOIN indicator i ON i.id = o.indicator AND i.cadence = o.period_kind
WHERE o.kind = 'actual'
GROUP BY o.source, o.indicator
