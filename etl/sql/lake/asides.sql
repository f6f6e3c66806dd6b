-- How many rows of a piece are totals, parts of totals, and trade of groups.
SELECT aside, count(*) FROM read_parquet($file) GROUP BY aside
