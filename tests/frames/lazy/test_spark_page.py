"""The page on Spark, run from top to bottom. Its fences say py: without Java it is not run."""

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "guide" / "spark.md"


@pytest.mark.spark
@pytest.mark.slow
def test_the_page_on_spark(spark: Any) -> None:
    blocks = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 4
    names = {"spark": spark}
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), names)  # noqa: S102
