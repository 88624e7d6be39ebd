"""From the door to the assessment: what can be done with an underretning, one act a file.

`receive` and `register_call` take it in, `place` puts it on the child's case, `choose_child` says
whom it is about, `assess` is the 24-hour assessment, `kvittering` and `orient_notifier` answer the
one who wrote, `reregister` and `hand_over` correct and pass on, `settle` closes an open line, and
`reconcile` proves that nothing was lost. `outcome` tells how far one has got.
"""
