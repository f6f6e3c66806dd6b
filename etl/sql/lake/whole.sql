-- A table that was read whole, typed as a piece of a CSV file is; what is no number becomes a fault.
CREATE OR REPLACE TEMP VIEW piece_text AS FROM whole;
CREATE OR REPLACE TEMP VIEW piece AS
SELECT * REPLACE (
    period::INTEGER AS period, value::DOUBLE AS value, weight::DOUBLE AS weight, quantity::DOUBLE AS quantity
)
FROM whole
