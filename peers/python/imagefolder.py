"""Loads an imagefolder and prints its rows as JSON. The picture becomes its format and size."""

import json
import sys
from os.path import basename

from datasets import Image, load_dataset

images = load_dataset("imagefolder", data_dir=sys.argv[1], split="train")
files = images.cast_column("image", Image(decode=False))["image"]
rows = [
    {"size": row.pop("image").size, "row": {**row, "file_name": basename(file["path"])}}
    for row, file in zip(images, files)
]
types = {name: getattr(feature, "dtype", str(feature)) for name, feature in images.features.items()}
print(json.dumps({"types": types, "rows": rows}))
