FROM event
WHERE project IN (SELECT unnest($projects::VARCHAR[])) AND date BETWEEN $start AND $end AND published <= $as_of
ORDER BY date, id
