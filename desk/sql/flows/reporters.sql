-- Who reports to a source.
SELECT DISTINCT reporter FROM read_parquet($blocks) WHERE source = $source ORDER BY reporter
