"""One engine's answer on the lake as JSON: `python -m tests.flows.spark_run spark`."""

import json
import sys

from etl.flows import derive, engine, manifest


def main() -> None:
    task, _ = derive.plan(manifest.read())
    answer = engine.engine(sys.argv[1]).run(task)
    found = {
        name: [
            [kind, str(start), str(end), None if value is None else str(value), estimated]
            for kind, start, end, value, estimated in rows
        ]
        for name, rows in answer.found.items()
    }
    held = sorted([*key[:2], str(key[2]), key[3]] for key in answer.held)
    sys.stdout.write(json.dumps({"found": found, "held": held}) + "\n")


if __name__ == "__main__":
    main()
