-- One answer of UN Comtrade as it came. Everything is text: the server writes numbers as strings at
-- times, and the digits are ours to read. Rows are read by name; fields that we do not use are left out.
CREATE OR REPLACE TEMP TABLE body AS
FROM read_json(
    $path,
    format = 'unstructured',
    records = true,
    maximum_object_size = $size,
    columns = {
        count: 'VARCHAR',
        error: 'VARCHAR',
        errorObject: 'VARCHAR',
        statusCode: 'VARCHAR',
        message: 'VARCHAR',
        data: 'STRUCT(
            period VARCHAR, reporterCode VARCHAR, partnerCode VARCHAR, flowCode VARCHAR, cmdCode VARCHAR, classificationCode VARCHAR,
            partner2Code VARCHAR, customsCode VARCHAR, motCode VARCHAR, primaryValue VARCHAR,
            netWgt VARCHAR, isNetWgtEstimated VARCHAR, qty VARCHAR, qtyUnitCode VARCHAR, isQtyEstimated VARCHAR
        )[]'
    }
)
