-- A piece of a CSV file with its figures typed by the reader of the database: fast, and it stops at
-- the first cell that is none. Lines are counted in the order of the file.
CREATE OR REPLACE TEMP VIEW piece AS
SELECT getvariable('before') + row_number() OVER () AS line, *
FROM (
    FROM read_csv(
        getvariable('path'),
        columns = getvariable('columns'),
        delim = getvariable('delimiter'),
        quote = '"', escape = '"', header = false, auto_detect = false, nullstr = ['', 'NA', 'NULL', 'null']
    )
    UNION ALL BY NAME FROM form
)
