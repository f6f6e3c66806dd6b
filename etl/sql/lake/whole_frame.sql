-- Flows that a reader of downloaded tables made, by our names.
CREATE OR REPLACE TEMP TABLE whole AS
SELECT line, reporter, partner, flow, revision, hs, period, value, weight, NULL::VARCHAR AS weight_text, quantity, unit,
    'false' AS weight_estimated, 'false' AS quantity_estimated, NULL::VARCHAR AS flag,
    'C00' AS customs, '0' AS transport, '0' AS partner2, released
FROM flows_read
