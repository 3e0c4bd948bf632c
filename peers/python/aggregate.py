"""Aggregates answers with crowd-kit and prints the label of each task by each method as JSON."""

import json
import sys

import pandas as pd
from crowdkit.aggregation import DawidSkene, MajorityVote

answers = pd.read_csv(sys.argv[1])
known = {"true_labels": pd.read_csv(path).set_index("task")["label"] for path in sys.argv[2:]}
dawid_skene = DawidSkene(n_iter=100)
labels = {
    "majority": MajorityVote().fit_predict(answers),
    "dawid-skene": dawid_skene.fit_predict(answers, **known),
}
print(
    json.dumps(
        {
            **{method: {task: int(label) for task, label in found.items()} for method, found in labels.items()},
            "probabilities": json.loads(dawid_skene.probas_.to_json(orient="index")),
        }
    )
)
