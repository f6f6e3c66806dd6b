-- The rows of an answer of UN Comtrade by our names; a row is numbered as it stands in `data`.
CREATE OR REPLACE TEMP TABLE whole AS
SELECT
    number AS line,
    reporterCode AS reporter, partnerCode AS partner, flowCode AS flow, classificationCode AS revision,
    cmdCode AS hs, period,
    nullif(trim(primaryValue), '') AS value, nullif(trim(netWgt), '') AS weight, NULL::VARCHAR AS weight_text, nullif(trim(qty), '') AS quantity,
    trim(qtyUnitCode) AS unit,
    isNetWgtEstimated AS weight_estimated, isQtyEstimated AS quantity_estimated, NULL::VARCHAR AS flag,
    customsCode AS customs, motCode AS transport, partner2Code AS partner2, NULL::VARCHAR AS released
FROM line
