-- Rows that answer what was asked: breakdowns by means of transport, customs procedure and second
-- partner are parts of a total that stands beside them, and other countries and goods are not ours.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT
    period, reporterCode, partnerCode, flowCode, cmdCode,
    nullif(trim(primaryValue), '') AS value_text,
    nullif(trim(netWgt), '') AS weight_text,
    nullif(trim(qty), '') AS quantity_text,
    trim(qtyUnitCode) AS quantity_unit,
    coalesce(lower(isNetWgtEstimated) IN ('true', '1'), false) AS weight_estimated,
    coalesce(lower(isQtyEstimated) IN ('true', '1'), false) AS quantity_estimated
FROM line
WHERE list_contains(string_split($reporters, ','), reporterCode)
    AND list_contains(string_split($partners, ','), partnerCode)
    AND list_contains(string_split($codes, ','), cmdCode)
    AND list_contains(string_split($flows, ','), flowCode)
    AND list_contains(string_split($periods, ','), period)
    AND coalesce(motCode, '0') = '0'
    AND coalesce(partner2Code, '0') = '0'
    AND coalesce(customsCode, 'C00') = 'C00'
