-- The first and last day of release in the blocks of a segment.
SELECT min(first_released)::VARCHAR, max(last_released)::VARCHAR FROM read_parquet($file)
