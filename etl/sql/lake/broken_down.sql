-- Whether a piece holds a row that is a part of a total.
SELECT EXISTS (
    FROM piece
    WHERE coalesce(customs, 'C00') <> 'C00' OR coalesce(transport, '0') <> '0' OR coalesce(partner2, '0') NOT IN ('0', 'W00')
)
