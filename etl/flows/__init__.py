"""The lake of detailed customs flows: reporter × partner × flow × HS code × period.

```
flows/MANIFEST.json            which files make the lake, with rows and checksums; replaced whole
flows/data/<segment>/*.parquet rows, sorted for reading by pair; never changed
flows/incoming/                what is being read; a killed `flows add` goes on from here
flows/spill/                   what did not fit into AMUR_MEMORY
```
A file handed in becomes a segment. Of a key that several segments tell, the last release counts;
the others stay and answer what was known on an earlier day.
"""
