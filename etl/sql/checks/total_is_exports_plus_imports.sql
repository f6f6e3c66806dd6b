-- warning: total is exports plus imports
SELECT t.indicator, t.period_start, t.period_end,
    digits(t.value) || ' against ' || digits(a.value) || ' + ' || digits(b.value) || ' = ' || digits(a.value + b.value) || ' ' || t.unit
FROM parts p
JOIN best t ON t.indicator = p.whole
JOIN best a ON a.indicator = p.first AND a.unit = t.unit AND a.period_kind = t.period_kind
    AND a.period_start = t.period_start AND a.period_end = t.period_end
JOIN best b ON b.indicator = p.second AND b.unit = t.unit AND b.period_kind = t.period_kind
    AND b.period_start = t.period_start AND b.period_end = t.period_end
WHERE t.known_to = DATE '9999-12-31' AND a.known_to = t.known_to AND b.known_to = t.known_to
    AND abs(t.value - a.value - b.value) > (t.precision + a.precision + b.precision) * 1.000001
