-- How many keys a table gives only in parts that cannot be added up.
SELECT count(*) FROM summed WHERE NOT settled
