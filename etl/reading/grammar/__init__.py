"""How a sentence is read: numbers, units, periods, changes, kinds, goods, partners, directions."""
