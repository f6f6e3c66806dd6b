coalesce(breakdown.customs, 'C00') AS customs,
    coalesce(breakdown.transport, '0') AS transport,
    coalesce(nullif(breakdown.partner2, '0'), 'W00') AS partner2,
    false AS summed,
    CASE WHEN grouped THEN 2 WHEN breakdown IS NOT NULL THEN 1 ELSE 0 END::TINYINT AS aside
