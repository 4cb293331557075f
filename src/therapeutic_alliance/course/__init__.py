"""A course over time.

A score over sessions is a ``series``; ``caseload`` makes several. Rules on it are in ``detectors``,
what they find in ``episodes``, phases and shapes in ``phases`` and ``shapes``. What is observed
besides scores is in ``observations``, all of it together in ``evidence``; several raters in
``raters``. What is learned from a cohort: ``cohort`` and ``growth``, ``expectation`` of a person,
the ``two_state`` model, ``mixed`` models. ``simulate`` makes courses with known ruptures,
``compare`` tries rules on them. What the records of a course say: ``indicators`` and ``summary``;
``merge`` makes one course of several. Conventions that many share: ``change``, ``sd_floor``,
``gaps``, ``alike``, ``parameters``.
"""
