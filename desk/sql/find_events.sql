SELECT id, project, date, date_text, title, status, parties, said_by, publisher, note, url, published
FROM event WHERE published <= $as_of ORDER BY date DESC, id
