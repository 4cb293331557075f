"""Rules that flag sessions, one family a file, and what they share.

Base classes: ``online``, ``retrospective``; of rules that need a cohort ``from_cohort`` and
``from_baseline``. Shared by several rules: ``not_evaluable`` (flags that are ``None``), ``drop`` (a
drop in words), ``own_sd``, ``chart_limits``, ``needs_cohort`` (no constants, or others). Every
other file is a rule, named after its id, or after its family where it holds several.
"""
