-- A piece of a CSV file with its figures typed by the reader of the database: fast, and it stops at
-- the first cell that is none. Rows are numbered as they are put in, which is the order of the file.
DROP TABLE IF EXISTS typed;
CREATE TEMP TABLE typed AS
SELECT COLUMNS(lambda name: name NOT LIKE '-%')
FROM read_csv(
    getvariable('path'),
    columns = getvariable('columns'),
    delim = getvariable('delimiter'),
    quote = '"', escape = '"', header = false, auto_detect = false, nullstr = ['', 'NA', 'NULL', 'null']
);
CREATE OR REPLACE TEMP VIEW piece AS
SELECT getvariable('before') + 1 + rowid AS line, * FROM typed
UNION ALL BY NAME
SELECT 0 AS line, * FROM form
