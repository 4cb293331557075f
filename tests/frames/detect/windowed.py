"""Rules that engines compute as window expressions, with various parameters."""

import therapeutic_alliance as ta

WINDOWS = (
    ta.Registry().detector("drop-from-best"),
    ta.Registry().detector("drop-from-best", sd=0.7, reliability=0.83, kind="alpha", source="x"),
    *(
        ta.Registry().detector("rci-drop", reference=reference, max_gap=gap)
        for reference, gap in (
            ("previous", 2),
            ("previous", 0),
            ("running-max", 2),
            ("session-3", 2),
        )
    ),
    ta.Registry().detector("drop-sd", sd=0.3),
    ta.Registry().detector("drop-sd"),
    ta.Registry().detector("srs-rules"),
)
