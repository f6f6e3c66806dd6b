-- Our codes of areas in the order of their numbers.
SELECT list(iso ORDER BY number) FROM (SELECT DISTINCT iso, number FROM area)
