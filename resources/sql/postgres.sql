-- An Eventloupe store on PostgreSQL, format 1, in a schema of its own: the table "store" says so.
--
-- As in eventlog.sql, positions are dense from 1, versions gapless from 1, and the ids of streams,
-- categories and types dense from 1 in order of birth. Who appends first locks the row of "head",
-- up to the commit: the order of positions is the order of commits, so that no reader who has seen
-- a position can miss an earlier one. {text} is text, compared byte by byte where the server can.

CREATE TABLE store(
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    format integer NOT NULL,
    store_id text NOT NULL
);

-- The end of the log, and how many streams, categories and types there are.
CREATE TABLE head(
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL,
    hash bytea NOT NULL,
    streams bigint NOT NULL,
    categories bigint NOT NULL,
    types bigint NOT NULL
);

CREATE TABLE category(
    id bigint PRIMARY KEY,
    name {text} NOT NULL,
    first_position bigint NOT NULL
);
CREATE UNIQUE INDEX category_name ON category(name);
CREATE UNIQUE INDEX category_birth ON category(first_position);

CREATE TABLE stream(
    id bigint PRIMARY KEY,
    name {text} NOT NULL,
    category_id bigint NOT NULL,
    category_rank bigint NOT NULL,
    first_position bigint NOT NULL,
    head_version bigint NOT NULL,
    head_position bigint NOT NULL
);
CREATE UNIQUE INDEX stream_name ON stream(name);
CREATE UNIQUE INDEX stream_birth ON stream(first_position);
CREATE UNIQUE INDEX stream_rank ON stream(category_id, category_rank);
CREATE INDEX stream_category_birth ON stream(category_id, first_position);

CREATE TABLE event_type(
    id bigint PRIMARY KEY,
    name {text} NOT NULL
);
CREATE UNIQUE INDEX event_type_name ON event_type(name);

-- time is UTC microseconds since 1970. data and metadata are the JSON text to the byte, which
-- jsonb would change; cast them (data::jsonb) to ask for what is in them.
CREATE TABLE event(
    position bigint PRIMARY KEY,
    stream_id bigint NOT NULL,
    version bigint NOT NULL,
    type_id bigint NOT NULL,
    time bigint NOT NULL,
    id {text} NOT NULL,
    hash bytea NOT NULL,
    data text NOT NULL,
    metadata text NOT NULL
);
CREATE UNIQUE INDEX event_id ON event(id);
CREATE UNIQUE INDEX event_stream ON event(stream_id, version);
CREATE UNIQUE INDEX event_stream_position ON event(stream_id, position);
CREATE INDEX event_type_position ON event(type_id, position);
