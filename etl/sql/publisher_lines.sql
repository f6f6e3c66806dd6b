SELECT DISTINCT publisher FROM raw WHERE publisher <> '' ORDER BY publisher
