'C00'::ENUM('C00') AS customs,
    '0'::ENUM('0') AS transport,
    'W00'::ENUM('W00') AS partner2,
    false AS summed,
    if(grouped, 2, 0)::TINYINT AS aside
