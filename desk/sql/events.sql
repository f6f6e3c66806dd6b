FROM event
WHERE list_contains($projects::VARCHAR[], project) AND date BETWEEN $start AND $end AND published <= $as_of
ORDER BY date, id
