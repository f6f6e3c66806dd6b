SELECT id, value, low, high, unit, meaning, publisher, url, note FROM constant ORDER BY id
