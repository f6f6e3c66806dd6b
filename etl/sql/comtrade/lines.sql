-- The rows of the answer, numbered as they stand in `data`.
CREATE OR REPLACE TEMP TABLE line AS
WITH numbered AS (SELECT unnest(data) AS cells, generate_subscripts(data, 1) AS number FROM body)
SELECT number, unnest(cells) FROM numbered
