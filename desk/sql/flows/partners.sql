-- With whom a reporter trades: areas by their totals, the largest first.
SELECT partner
FROM flow_row
WHERE source = $source AND reporter = $reporter AND level = 0 AND partner <> 'W00'
GROUP BY partner
ORDER BY sum(value) DESC, partner
