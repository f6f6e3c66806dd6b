-- Every field that a table of flows may have, in no row: what a file lacks is taken from here.
CREATE OR REPLACE TEMP TABLE form (
    reporter VARCHAR, partner VARCHAR, flow VARCHAR, revision VARCHAR, hs VARCHAR, period INTEGER,
    value DOUBLE, weight DOUBLE, weight_text VARCHAR, quantity DOUBLE, unit VARCHAR,
    weight_estimated VARCHAR, quantity_estimated VARCHAR, flag VARCHAR,
    customs VARCHAR, transport VARCHAR, partner2 VARCHAR, released VARCHAR
);
CREATE OR REPLACE TEMP TABLE form_text (
    reporter VARCHAR, partner VARCHAR, flow VARCHAR, revision VARCHAR, hs VARCHAR, period VARCHAR,
    value VARCHAR, weight VARCHAR, weight_text VARCHAR, quantity VARCHAR, unit VARCHAR,
    weight_estimated VARCHAR, quantity_estimated VARCHAR, flag VARCHAR,
    customs VARCHAR, transport VARCHAR, partner2 VARCHAR, released VARCHAR
)
