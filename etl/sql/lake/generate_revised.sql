-- A later release of some months: one row in twenty-five is told anew.
CREATE OR REPLACE TEMP VIEW revised AS
SELECT * REPLACE (round(primaryValue * (0.93 + 0.15 * chance(hash(reporterISO, partnerISO, cmdCode, flowCode, period), 9)), 2) AS primaryValue)
FROM generated
WHERE chance(hash(reporterISO, partnerISO, cmdCode, flowCode, period), 10) < 0.04
