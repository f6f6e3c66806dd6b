SELECT * FROM stored
QUALIFY row_number() OVER (
    PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start
    ORDER BY released DESC, retrieved DESC, origin, line
) = 1
