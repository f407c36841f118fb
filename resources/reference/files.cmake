# The chapters of the reference, embedded by model/reference; order.txt says in which order.
set(EVENTLOUPE_REFERENCE_FILES
    aggregates.md
    causation.md
    commands.md
    editors.md
    events.md
    examples.md
    expressions.md
    marks.md
    order.txt
    projections.md
    schemas.md
    stores.md
    workspaces.md
)
