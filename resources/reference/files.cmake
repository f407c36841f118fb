# The chapters of the reference, embedded by model/reference; order.txt says in which order.
set(EVENTLOUPE_REFERENCE_FILES
    aggregates.md
    blame.md
    branches.md
    commands.md
    editors.md
    events.md
    examples.md
    expressions.md
    order.txt
    projections.md
    schemas.md
    stores.md
    watches.md
    workspaces.md
)
