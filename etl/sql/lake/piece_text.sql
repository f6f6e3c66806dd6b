-- The same piece as text, for finding out what is wrong with it and where.
CREATE OR REPLACE TEMP VIEW piece_text AS
SELECT getvariable('before') + row_number() OVER () AS line, *
FROM (
    FROM read_csv(
        getvariable('path'),
        columns = getvariable('columns'),
        delim = getvariable('delimiter'),
        quote = '"', escape = '"', header = false, auto_detect = false, nullstr = ['', 'NA', 'NULL', 'null'],
        null_padding = true, parallel = false
    )
    UNION ALL BY NAME FROM form_text
)
