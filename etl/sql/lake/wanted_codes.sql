SELECT * FROM (VALUES {rows}) AS t(hs)
