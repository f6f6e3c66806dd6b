-- warning: barrels agree with tonnes
SELECT r.indicator, r.period_start, r.period_end,
    digits(r.value) || ' mb/d and ' || digits(t.value) || ' Mt give ' || printf('%.2f', r.value * (r.period_end - r.period_start + 1) / t.value) || ' barrels a tonne'
FROM best r JOIN best t ON t.indicator = r.indicator AND t.period_kind = r.period_kind
    AND t.period_start = r.period_start AND t.period_end = r.period_end AND t.known_to = r.known_to
JOIN constant c ON c.id = 'bbl_per_tonne_crude'
WHERE r.unit = 'mb/d' AND t.unit = 'Mt' AND r.known_to = DATE '9999-12-31'
    AND ((r.value - r.precision) * (r.period_end - r.period_start + 1) / (t.value + t.precision) > c.high
        OR (r.value + r.precision) * (r.period_end - r.period_start + 1) / (t.value - t.precision) < c.low)
