-- Rows of each reporter, in the order of the lake.
SELECT reporter, sum(rows)::BIGINT FROM read_parquet($files) GROUP BY reporter ORDER BY reporter
