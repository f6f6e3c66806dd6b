-- What the definitions under sql/flows are written on: one row for reporter, partner, flow, HS code and
-- period. Value in USD, weight in kg. No weight and a weight of 0 both say that none was published.
CREATE OR REPLACE TEMP TABLE flow AS
SELECT
    if(length(period) = 4, 'year', 'month') AS period_kind,
    strptime(rpad(period, 6, '01'), '%Y%m')::DATE AS period_start,
    last_day(strptime(rpad(period, 6, '12'), '%Y%m')::DATE) AS period_end,
    r.iso AS reporter,
    p.iso AS partner,
    flowCode AS flow,
    cmdCode AS hs,
    value_text::DECIMAL(38, 6) AS value,
    nullif(weight_text::DECIMAL(38, 6), 0) AS weight,
    weight_estimated,
    nullif(quantity_text::DECIMAL(38, 6), 0) AS quantity,
    quantity_unit,
    quantity_estimated
FROM asked
JOIN country r ON r.code = reporterCode
JOIN country p ON p.code = partnerCode
WHERE period_end < $today
