"""Run the definitions on Spark: their text translated by sqlglot, over the same Parquet.

AMUR_SPARK_MASTER names the cluster, whose workers must see the lake's folder under the same path;
without it Spark runs in this process. Everything is translated and bound before the first row is
read: what the dialect lacks fails then, with the name of the statement.
"""

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from etl import paths
from etl.errors import AmurError, UnknownRequest
from etl.flows.engine import Answer, Found, Task, inputs, ordered
from etl.sql import statement

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[2]"
INSTALL = "Spark is not installed; run `pip install amur[spark]` (450 MB; needs Java 17)."


class Untranslatable(AmurError):
    """A statement uses what Spark's dialect has not."""


def translate(name: str, text: str) -> str:
    """Return a statement in Spark's dialect; raise Untranslatable or UnknownRequest."""
    try:
        import sqlglot
        from sqlglot.errors import ErrorLevel, SqlglotError
    except ImportError as error:
        raise UnknownRequest(INSTALL) from error
    try:
        made = sqlglot.transpile(
            text,
            read="duckdb",
            write="spark",
            unsupported_level=ErrorLevel.RAISE,
            error_level=ErrorLevel.RAISE,
        )
    except SqlglotError as error:
        raise Untranslatable(
            f"{name}.sql cannot be said in Spark's dialect ({str(error).splitlines()[0]}); write "
            "it with what both engines have."
        ) from error
    return str(made[0])


class Spark:
    """The engine of a cluster."""

    def __init__(self) -> None:
        """Raise UnknownRequest where Spark is not installed."""
        if not all(find_spec(name) for name in ("pyspark", "sqlglot")):
            raise UnknownRequest(INSTALL)

    def run(self, task: Task) -> Answer:
        """Translate and bind everything, then run the definitions one by one."""
        texts = {
            each.indicator: translate(f"flows/{each.indicator}", ordered(each))
            for each in task.definitions
        }
        views = {name: translate(f"lake/{name}", text) for name, text in inputs(task).items()}
        held = translate("lake/codes_held", statement("lake/codes_held"))
        spark = _session()
        try:
            return _run(spark, task, views, texts, held)
        finally:
            spark.stop()


def _session() -> "SparkSession":
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("amur").master(
        os.environ.get("AMUR_SPARK_MASTER", "").strip() or LOCAL
    )
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.ansi.enabled": "true",
        "spark.ui.showConsoleProgress": "false",
        # nothing is written there, but Spark makes the folder wherever it was started
        "spark.sql.warehouse.dir": str(paths.flows() / "spill"),
        # this machine's own name may not lead back to it
        "spark.driver.host": os.environ.get("AMUR_SPARK_DRIVER", "127.0.0.1"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        made = builder.getOrCreate()
    except Exception as error:
        # a start that fails has no error of its own
        raise UnknownRequest(
            f"Spark cannot start ({_first_line(error)}); it needs Java 17 (JAVA_HOME), and "
            "AMUR_SPARK_MASTER must name a cluster that answers."
        ) from error
    made.sparkContext.setLogLevel("ERROR")
    return made


def _run(spark: Any, task: Task, views: dict[str, str], texts: dict[str, str], held: str) -> Answer:
    spark.read.parquet(*[str(path) for path in task.files]).createOrReplaceTempView("stored")
    bound = {}
    for name, text in views.items():
        frame = _bind(spark, f"lake/{name}", text)
        (frame.cache() if name == "flow" else frame).createOrReplaceTempView(name)
    for name, text in texts.items():
        bound[name] = _bind(spark, f"flows/{name}", text)
    found = {name: [_plain(row) for row in frame.collect()] for name, frame in bound.items()}
    return Answer(found, [tuple(row) for row in spark.sql(held).collect()])


def _bind(spark: Any, name: str, text: str) -> Any:
    """Return the frame of a statement, with its columns and functions looked up."""
    from pyspark.errors import PySparkException

    try:
        frame = spark.sql(text)
        _ = frame.schema
    except PySparkException as error:
        raise Untranslatable(
            f"{name}.sql cannot be bound by Spark ({_first_line(error)}); write it with what both "
            "engines have."
        ) from error
    return frame


def _plain(row: Any) -> Found:
    kind, start, end, value, estimated = row
    return kind, start, end, value, estimated


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
