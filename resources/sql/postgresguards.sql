-- What refuses to change events, for everyone, also where session_replication_role turns ordinary
-- triggers off. Apart from postgres.sql, since CockroachDB has no triggers of statements.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only appended' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_not_truncated BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_not_changed;
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_not_truncated;
