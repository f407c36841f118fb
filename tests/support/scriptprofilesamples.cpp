#include "support/profilesamples.h"

namespace eventloupe {

namespace {

void add(const char* profile, const QByteArray& sql, const QStringList& lines,
    const QStringList& origins, const char* metadata = "")
{
    addProfileSample(profile, sql, lines, origins, metadata);
}

QString text(const char* utf8)
{
    return QString::fromUtf8(utf8);
}

/// PHP: Spatie, EventSauce, Prooph and Ecotone.
void addPhp()
{
    add("spatie",
        "CREATE TABLE stored_events(id bigserial PRIMARY KEY, aggregate_uuid uuid, "
        "aggregate_version"
        " bigint, event_version smallint NOT NULL DEFAULT 1, event_class varchar(255) NOT NULL,"
        " event_properties jsonb NOT NULL, meta_data jsonb NOT NULL, created_at timestamp(0) NOT"
        " NULL);"
        "INSERT INTO stored_events VALUES(1, '11111111-1111-1111-1111-111111111111', 1, 1,"
        " 'App\\Added', '{\"e\": 5}', '{\"stored-event-id\": 1}', '2026-01-05 08:00:00'),"
        "(2, NULL, NULL, 1, 'App\\Told', '[]', '[]', '2026-01-05 08:00:00')",
        { text("aggregate-11111111-1111-1111-1111-111111111111@1 App\\Added {\"e\": 5}"),
            text("@1 App\\Told []") },
        { text("{\"position\":1,"), text("{\"position\":2,\"stream\":null") });
    add("eventsauce",
        "CREATE TABLE carts(id bigserial PRIMARY KEY, event_id uuid NOT NULL, aggregate_root_id "
        "uuid"
        " NOT NULL, version int, payload varchar(16001) NOT NULL);"
        "INSERT INTO carts VALUES(4, '00112233-4455-6677-8899-aabbccddee01',"
        " '11111111-1111-1111-1111-111111111111', 1, "
        "'{\"headers\":{\"__event_type\":\"cart.opened\","
        "\"__aggregate_root_type\":\"cart\",\"__time_of_recording\":"
        "\"2026-01-05 08:00:00.000001+0000\"},\"payload\":{\"f\":6}}')",
        { text("cart-11111111-1111-1111-1111-111111111111@1 cart.opened {\"f\":6}") },
        { text("{\"position\":4,") });
    add("prooph",
        "CREATE TABLE event_streams(no bigserial PRIMARY KEY, real_stream_name varchar(150) UNIQUE,"
        " stream_name char(41), metadata jsonb, category varchar(150));"
        "CREATE TABLE \"_4228e4a00331b5d5e751db0481828e22a2c3c8ef\"(no bigserial PRIMARY KEY,"
        " event_id uuid NOT NULL, event_name varchar(100) NOT NULL, payload json NOT NULL, metadata"
        " jsonb NOT NULL, created_at timestamp(6) NOT NULL);"
        "INSERT INTO event_streams VALUES(1, 'event_stream',"
        " '_4228e4a00331b5d5e751db0481828e22a2c3c8ef', '[]', NULL);"
        "INSERT INTO \"_4228e4a00331b5d5e751db0481828e22a2c3c8ef\" VALUES"
        "(1, '00112233-4455-6677-8899-aabbccddee01', 'Acme\\Opened', '{\"a\":1}',"
        " '{\"_aggregate_id\": \"7\", \"_aggregate_type\": \"Acme\\\\User\", "
        "\"_aggregate_version\":"
        " 1}', '2026-01-05 08:00:00.000001')",
        { text("Acme\\User-7@1 Acme\\Opened {\"a\":1}") },
        { text("{\"position\":1,\"stream\":\"7\",\"version\":1}") });
}

/// Broadway and Patchlevel.
void addMorePhp()
{
    add("broadway",
        "CREATE TABLE events(id bigserial PRIMARY KEY, uuid uuid NOT NULL, playhead int NOT NULL,"
        " payload text NOT NULL, metadata text NOT NULL, recorded_on varchar(32) NOT NULL, type"
        " varchar(255) NOT NULL);"
        "INSERT INTO events VALUES(1, '11111111-1111-1111-1111-111111111111', 0,"
        " '{\"class\":\"A\",\"payload\":{\"a\":1}}', '{\"class\":\"M\",\"payload\":{}}',"
        " '2026-01-05T08:00:00.000001+00:00', 'Acme.Cart.Opened')",
        { text("Acme.Cart-11111111-1111-1111-1111-111111111111@1 Acme.Cart.Opened {\"a\":1}") },
        { text("\"version\":0}") });
    add("patchlevel",
        "CREATE TABLE eventstore(id bigserial PRIMARY KEY, aggregate varchar(255) NOT NULL,"
        " aggregate_id varchar(36) NOT NULL, playhead int NOT NULL, event varchar(255) NOT NULL,"
        " payload json NOT NULL, recorded_on timestamp(0) with time zone NOT NULL, new_stream_start"
        " boolean DEFAULT false NOT NULL, archived boolean DEFAULT false NOT NULL, custom_headers"
        " json NOT NULL);"
        "INSERT INTO eventstore VALUES(1, 'guest-book', 'g1', 1, 'guest.signed', '{\"g\":7}',"
        " '2026-01-05 08:00:00+00', false, true, '[]'),"
        "(2, 'guest-book', 'g1', 2, 'guest.split', '{}', '2026-01-05 08:00:00+00', true, false,"
        " '[]')",
        { text("guest_book-g1@1 guest.signed {\"g\":7}"), text("guest_book-g1@2 guest.split {}") },
        { text("\"archived\":true}"), text("\"newStreamStart\":true}") });
    add("patchlevel-stream",
        "CREATE TABLE event_store(id bigserial PRIMARY KEY, stream varchar(255) NOT NULL, playhead"
        " int, event_id varchar(255), event varchar(255) NOT NULL, payload json NOT NULL, "
        "recorded_on"
        " timestamp(0) with time zone NOT NULL, archived boolean DEFAULT false NOT NULL,"
        " new_stream_start boolean DEFAULT false NOT NULL, custom_headers json NOT NULL);"
        "INSERT INTO event_store VALUES(1, 'profile-1', NULL, 'e1', 'profile.made', '{\"g\":7}',"
        " '2026-01-05 08:00:00+00', false, false, '[]')",
        { text("profile-1@1 profile.made {\"g\":7}") }, { text("\"version\":null}") });
}

/// Python and Ruby: eventsourcing and Rails Event Store.
void addDynamic()
{
    add("pyeventsourcing-postgres",
        "CREATE TABLE dogschool_events(originator_id uuid NOT NULL, originator_version bigint NOT"
        " NULL, topic text, state bytea, notification_id bigserial, PRIMARY KEY (originator_id,"
        " originator_version)); CREATE UNIQUE INDEX ON dogschool_events(notification_id);"
        "CREATE TABLE dogschool_snapshots(originator_id uuid NOT NULL, originator_version bigint "
        "NOT"
        " NULL, topic text, state bytea, PRIMARY KEY (originator_id, originator_version));"
        "INSERT INTO dogschool_events VALUES('11111111-1111-1111-1111-111111111111', 1,"
        " 'dogs:Dog.Registered', '{\"timestamp\":{\"_type_\":\"datetime_iso\",\"_data_\":"
        "\"2026-01-05T08:00:00.000001+00:00\"},\"n\":1180591620717411303424}', 6)",
        { text("dogs:Dog-11111111-1111-1111-1111-111111111111@1 dogs:Dog.Registered "
               "{\"timestamp\":{\"_type_\":\"datetime_iso\",\"_data_\":"
               "\"2026-01-05T08:00:00.000001+00:00\"},\"n\":1180591620717411303424}") },
        { text("{\"position\":6,") });
    add("rails-event-store",
        "CREATE TABLE event_store_events(id bigserial PRIMARY KEY, event_id uuid NOT NULL, "
        "event_type"
        " varchar NOT NULL, metadata jsonb, data jsonb NOT NULL, created_at timestamp NOT NULL,"
        " valid_at timestamp);"
        "CREATE TABLE event_store_events_in_streams(id bigserial PRIMARY KEY, stream varchar NOT"
        " NULL, position integer, event_id uuid NOT NULL, created_at timestamp NOT NULL);"
        "INSERT INTO event_store_events VALUES(1, '00112233-4455-6677-8899-aabbccddee01', 'Placed',"
        " '{}', '{\"a\": 1}', '2026-01-05 08:00:00.000001', NULL),"
        "(2, '00112233-4455-6677-8899-aabbccddee02', 'Told', '{}', '{}',"
        " '2026-01-05 08:00:00.000001', NULL);"
        "INSERT INTO event_store_events_in_streams VALUES(1, 'Order$1', 0,"
        " '00112233-4455-6677-8899-aabbccddee01', now()), (2, '$by_type_Placed', NULL,"
        " '00112233-4455-6677-8899-aabbccddee01', now())",
        { text("Order-1@1 Placed {\"a\": 1}"), text("(none)@1 Told {}") },
        { text("{\"position\":1,\"stream\":\"Order$1\",\"version\":0}"), text("\"stream\":null") });
}

/// Sequent for Ruby, act for JavaScript, and Message DB.
void addMoreDynamic()
{
    add("sequent",
        "CREATE SCHEMA sequent_schema; SET search_path = sequent_schema;"
        "CREATE TABLE event_types(id smallint PRIMARY KEY, type text NOT NULL);"
        "CREATE TABLE aggregate_types(id smallint PRIMARY KEY, type text NOT NULL);"
        "CREATE TABLE aggregates(aggregate_id uuid PRIMARY KEY, events_partition_key text NOT NULL,"
        " aggregate_type_id smallint NOT NULL, snapshot_threshold integer, created_at timestamptz);"
        "CREATE TABLE events(aggregate_id uuid NOT NULL, partition_key text NOT NULL, "
        "sequence_number"
        " integer NOT NULL, created_at timestamptz NOT NULL, command_id bigint NOT NULL,"
        " event_type_id smallint NOT NULL, event_json jsonb NOT NULL, xact_id bigint, PRIMARY KEY"
        " (partition_key, aggregate_id, sequence_number)) PARTITION BY RANGE (partition_key);"
        "CREATE TABLE events_default PARTITION OF events DEFAULT;"
        "INSERT INTO event_types VALUES(3, 'InvoiceMade'); INSERT INTO aggregate_types"
        " VALUES(2, 'Invoice'); INSERT INTO aggregates VALUES"
        "('11111111-1111-1111-1111-111111111111', '', 2, NULL, now());"
        "INSERT INTO events VALUES('11111111-1111-1111-1111-111111111111', '', 1,"
        " '2026-01-05 08:00:00.000001+00', 5, 3, '{\"s\": 1}', 1)",
        { text("Invoice-11111111-1111-1111-1111-111111111111@1 InvoiceMade {\"s\": 1}") },
        { text("\"version\":1}") });
    add("act",
        "CREATE TABLE events(id serial PRIMARY KEY, name varchar(100) NOT NULL, data jsonb, stream"
        " varchar(100) NOT NULL, version int NOT NULL, created timestamptz NOT NULL, meta jsonb);"
        "INSERT INTO events VALUES(2, 'Opened', '{\"a\": 1}', 'cart-1', 0,"
        " '2026-01-05 08:00:00.000001+00', '{}'), (5, '__snapshot__', '{\"a\": 1}', 'cart-1', 1,"
        " '2026-01-05 08:00:00.000001+00', '{}')",
        { text("cart-1@1 Opened {\"a\": 1}"), text("cart-1@2 __snapshot__ {\"a\": 1}") },
        { text("{\"position\":2,\"version\":0}"), text("{\"position\":5,\"version\":1}") });
    // Equinox and equinox-js write into Message DB: snapshots are streams of their own.
    add("message-db",
        "CREATE SCHEMA message_store; CREATE TABLE message_store.messages(global_position bigserial"
        " PRIMARY KEY, position bigint NOT NULL, time timestamp NOT NULL, stream_name text NOT "
        "NULL,"
        " type text NOT NULL, data jsonb, metadata jsonb, id uuid NOT NULL);"
        "INSERT INTO message_store.messages VALUES(1, 0, '2026-01-05 08:00:00.000001', 'cart-1',"
        " 'Opened', NULL, '{\"m\": 1}', '00112233-4455-6677-8899-aabbccddee01'), (3, 0,"
        " '2026-01-05 08:00:00.000001', 'cart:snapshot-1', 'Snapshot', '{}',"
        " '{\"streamVersion\": \"0\"}', '00112233-4455-6677-8899-aabbccddee02')",
        { text("cart-1@1 Opened {}"), text("cart:snapshot-1@1 Snapshot {}") },
        { text("{\"position\":1,\"version\":0}"), text("{\"position\":3,\"version\":0}") },
        "{\"m\": 1}");
}

} // namespace

void addPhpSamples()
{
    addPhp();
    addMorePhp();
}

void addDynamicSamples()
{
    addDynamic();
    addMoreDynamic();
}

} // namespace eventloupe
