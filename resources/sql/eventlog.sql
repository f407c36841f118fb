-- An Eventloupe store, version 1. The header names it: application_id is "EvLp".
--
-- Positions are dense from 1, versions gapless from 1, and the ids of streams, categories and
-- types dense from 1 in order of birth: what exists at a position is a range of ids that one seek
-- on first_position finds. Nothing is ever counted.

CREATE TABLE category(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    first_position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX category_name ON category(name);
CREATE UNIQUE INDEX category_birth ON category(first_position);

-- category_rank is the stream's number in its category, dense from 1 in order of birth.
CREATE TABLE stream(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    category_id INTEGER NOT NULL,
    category_rank INTEGER NOT NULL,
    first_position INTEGER NOT NULL,
    head_version INTEGER NOT NULL,
    head_position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX stream_name ON stream(name);
CREATE UNIQUE INDEX stream_birth ON stream(first_position);
CREATE UNIQUE INDEX stream_rank ON stream(category_id, category_rank);

CREATE TABLE event_type(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_type_name ON event_type(name);

-- id is a BLOB of 16 bytes for a canonical UUID, else TEXT. time is UTC microseconds since 1970.
-- hash stands before the payload so that reading it never walks a long payload's pages.
CREATE TABLE event(
    position INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    id ANY NOT NULL,
    hash BLOB NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_stream ON event(stream_id, version);
CREATE UNIQUE INDEX event_id ON event(id);
-- The position, being the row's id, is the last column of every index: this is (type_id, position).
CREATE INDEX event_type_position ON event(type_id);

CREATE TRIGGER event_is_not_updated BEFORE UPDATE ON event BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;
-- REPLACE deletes without asking the trigger above. A bulk load takes this one away inside its
-- transaction, since it asks what the unique indexes refuse anyway, and puts it back.
CREATE TRIGGER event_is_not_replaced BEFORE INSERT ON event
WHEN EXISTS(SELECT 1 FROM event WHERE position >= NEW.position)
    OR EXISTS(SELECT 1 FROM event WHERE id = NEW.id)
    OR EXISTS(SELECT 1 FROM event WHERE stream_id = NEW.stream_id AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'events are only appended');
END;
