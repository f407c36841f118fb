# The JSON Schema of each definition file, embedded by model/domain.
set(EVENTLOUPE_SCHEMA_FILES
    aggregate.json
    command.json
    event.json
    example.json
    projection.json
    workspace.json
)
