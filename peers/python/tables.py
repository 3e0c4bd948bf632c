"""Reads CSV files with pandas, DuckDB and datasets, and prints the rows as JSON."""

import json
import sys
from glob import glob

import duckdb
import pandas as pd
from datasets import load_dataset

exported, consensus, stored = sys.argv[1:]

labels = pd.read_csv(exported, dtype={"labeler": str}, parse_dates=["labeled_on"])
# As docs/export.md reads the label files.
parts = pd.concat(
    pd.read_csv(
        part,
        dtype={"id": str, "label": "Int8", "labeler": str, "round": str},
        na_values={"label": ["unsure"]},
        parse_dates=["labeled_at"],
    )
    for part in sorted(glob(stored))
)
query = f"SELECT * FROM read_csv('{exported}', all_varchar = true)"
print(
    json.dumps(
        {
            "pandas": json.loads(labels.astype(str).to_json(orient="records")),
            "date": str(labels["labeled_on"].dtype.kind),
            "duckdb": json.loads(duckdb.sql(query).df().to_json(orient="records")),
            "datasets": json.loads(
                pd.DataFrame(load_dataset("csv", data_files=exported, split="train")).astype(str).to_json(orient="records")
            ),
            "consensus": json.loads(pd.read_csv(consensus).to_json(orient="records")),
            "stored": len(parts),
            "unsure": int(parts["label"].isna().sum()),
        }
    )
)
