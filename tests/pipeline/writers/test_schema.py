"""The schemas in outputs/schema are those of the record types, and written records satisfy them."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS
from pipeline.writers.schema import schemas
from tests.pipeline import make
from tests.pipeline.writing import write_lines

COMMITTED = Path(__file__).parents[3] / "outputs" / "schema"


def test_committed_schemas_are_fresh() -> None:
    """`make schema` would change nothing."""
    assert {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*")} == schemas()


# Observations are made of a whole run: tests/pipeline/across validates them.
@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS if kind != "observations"])
def test_written_records_satisfy_their_schema(kind: str, tmp_path: Path) -> None:
    """Every field is there and of its type, and no field is unknown."""
    write_lines(tmp_path, make.result(findings=(make.finding("f1", "decisive"), *make.hostile_findings())))
    schema = json.loads((COMMITTED / f"{kind}.schema.json").read_text(encoding="utf-8"))
    records = list(read_records(tmp_path, kind))
    assert records
    for record in records:
        jsonschema.validate(record, schema)
