-- The unit of an indicator's line that converts to $unit, and the factor from it.
SELECT p.unit, l.factor / u.factor
FROM (SELECT DISTINCT unit FROM point WHERE indicator = $indicator) p
JOIN unit l ON l.id = p.unit
JOIN unit u ON u.id = $unit AND u.dimension = l.dimension
