-- The rows as they lie, where no two releases tell the same period.
CREATE TEMP VIEW flow_row AS FROM read_parquet(getvariable('files'))
