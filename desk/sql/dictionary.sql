SELECT table_name AS "table", column_name AS "column", data_type AS type, comment AS meaning
FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' ORDER BY table_name, column_index
