"""Rules that flag sessions, one family a file, and what they share.

Base classes: ``online`` (and ``live``, a course that goes on), ``retrospective``; of rules that
need a cohort ``from_cohort`` and ``from_baseline``. Shared by several rules: ``not_evaluable``
(flags that are ``None``), ``drop`` (a drop in words), ``own_sd``, ``chart_limits``, ``alarm`` (a
possible rupture that is still open), ``ends_of_sessions`` (a convention), ``needs_cohort`` and
``misfit`` (no constants, or others). After a rule: ``return_to_line`` (what became of flags of
``trend-residual``). Every other file is a rule, named after its id, or after its family where it
holds several.
"""
