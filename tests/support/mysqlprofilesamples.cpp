#include "support/mysqlprofilesamples.h"

#include <QTest>

namespace eventloupe {

namespace {

QString text(const char* utf8)
{
    return QString::fromUtf8(utf8);
}

void add(const char* profile, const QByteArray& sql, const QStringList& lines,
    const QStringList& origins, const QByteArray& metadata = {})
{
    QTest::newRow(profile) << sql << lines << origins << metadata;
}

} // namespace

/// .NET: SqlStreamStore, NEventStore.
void addDotNetMysqlSamples()
{
    add("sqlstreamstore",
        "CREATE TABLE streams(id CHAR(42) NOT NULL, id_original NVARCHAR(1000) NOT NULL, "
        "id_internal"
        " INT NOT NULL AUTO_INCREMENT, version INT NOT NULL DEFAULT -1, position BIGINT NOT NULL"
        " DEFAULT -1, max_age INT, max_count INT, CONSTRAINT pk_streams PRIMARY KEY (id_internal),"
        " CONSTRAINT uq_streams_id UNIQUE KEY (id)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE"
        " utf8mb4_unicode_ci COMMENT '{ \"version\": 1 }';\n"
        "CREATE TABLE messages(stream_id_internal INT NOT NULL, stream_version INT NOT NULL,"
        " position BIGINT NOT NULL AUTO_INCREMENT, message_id BINARY(16) NOT NULL, created_utc"
        " TIMESTAMP NOT NULL, type NVARCHAR(128) NOT NULL, json_data LONGTEXT NOT NULL,"
        " json_metadata LONGTEXT, CONSTRAINT pk_messages PRIMARY KEY (position)) ENGINE = InnoDB"
        " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n"
        "INSERT INTO streams VALUES('h', 'order-5', 1, 0, 0, NULL, NULL);\n"
        "INSERT INTO messages VALUES(1, 0, 4, x'00112233445566778899aabbccddee01',"
        " '2026-01-05 08:00:00', 'Placed', '{\"c\":3, \"c\":1.10}', '{\"m\":1}')",
        { text("order-5@1 Placed {\"c\":3, \"c\":1.10}") },
        { text("{\"position\":4,\"version\":0}") }, "{\"m\":1}");
    add("neventstore-mysql",
        "CREATE TABLE Commits(BucketId varchar(40) charset utf8 NOT NULL, StreamId varchar(40)"
        " charset utf8 NOT NULL, StreamIdOriginal varchar(1000) charset utf8 NOT NULL,"
        " StreamRevision int NOT NULL CHECK (StreamRevision > 0), Items int NOT NULL, CommitId"
        " binary(16) NOT NULL, CommitSequence int NOT NULL, CommitStamp bigint NOT NULL,"
        " CheckpointNumber bigint AUTO_INCREMENT, Headers blob NULL, Payload mediumblob NOT NULL,"
        " PRIMARY KEY (CheckpointNumber));\n"
        "INSERT INTO Commits VALUES('default', 'h', 'cart', 2, 2,"
        " x'00112233445566778899aabbccddee01', 1, 639031968000000010, 4, '{}',"
        " '[{\"Headers\":{},\"Body\":{\"$type\":\"A\",\"n\":1}},"
        "{\"Headers\":{},\"Body\":{\"$type\":\"B\",\"n\":2}}]'),"
        "('default', 'h', 'cart', 3, 1, x'00112233445566778899aabbccddee02', 2,"
        " 639031968000000010, 9, '{}', '[{\"Headers\":{},\"Body\":{\"$type\":\"C\",\"n\":3}}]')",
        { text("default-cart@1 A {\"$type\":\"A\",\"n\":1}"),
            text("default-cart@2 B {\"$type\":\"B\",\"n\":2}"),
            text("default-cart@3 C {\"$type\":\"C\",\"n\":3}") },
        { text("{\"position\":4"), text("{\"position\":4"), text("{\"position\":9") });
}

/// Java and Scala: Axon through JDBC and through Hibernate, Akka and Pekko.
void addJvmMysqlSamples()
{
    add("axon",
        "CREATE TABLE DomainEventEntry(globalIndex BIGINT AUTO_INCREMENT NOT NULL,"
        " aggregateIdentifier VARCHAR(255) NOT NULL, sequenceNumber BIGINT NOT NULL, type"
        " VARCHAR(255), eventIdentifier VARCHAR(255) NOT NULL, metaData blob, payload blob NOT "
        "NULL,"
        " payloadRevision VARCHAR(255), payloadType VARCHAR(255) NOT NULL, timeStamp VARCHAR(255)"
        " NOT NULL, PRIMARY KEY (globalIndex), UNIQUE (aggregateIdentifier, sequenceNumber), UNIQUE"
        " (eventIdentifier));\n"
        "INSERT INTO DomainEventEntry VALUES(1, 'a1', 0, 'Account', 'e1', '{\"m\":1}', '{\"a\":1}',"
        " NULL, 'org.acme.Opened', '2026-01-05T08:00:00.000001Z'), (52, 'x', 0, NULL, 'e3', NULL,"
        " '{\"b\":2}', '1.0', 'org.acme.Told', '2026-01-05T08:00:00.000001Z')",
        { text("Account-a1@1 org.acme.Opened {\"a\":1}"),
            text("stream-x@1 org.acme.Told {\"b\":2}") },
        { text("{\"position\":1,"), text("{\"position\":52,") }, "{\"m\":1}");
    add("axon-5",
        "CREATE TABLE aggregate_event_entry(global_index bigint NOT NULL PRIMARY KEY,"
        " aggregate_identifier varchar(255), aggregate_sequence_number bigint, aggregate_type"
        " varchar(255), identifier varchar(255) NOT NULL, metadata longblob, payload longblob NOT"
        " NULL, timestamp varchar(255) NOT NULL, type varchar(255) NOT NULL, version varchar(255)"
        " NOT NULL, UNIQUE (aggregate_identifier, aggregate_sequence_number));\n"
        "INSERT INTO aggregate_event_entry VALUES(4, 'a1', 0, 'Account', 'e1', '{\"m\":1}',"
        " '{\"a\":1}', '2026-01-05T08:00:00.000001Z', 'acme.Opened', '0.0.1')",
        { text("Account-a1@1 acme.Opened {\"a\":1}") }, { text("{\"position\":4,") });
    add("akka-jdbc",
        "CREATE TABLE event_journal(ordering SERIAL, deleted BOOLEAN DEFAULT false NOT NULL,"
        " persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, writer TEXT NOT"
        " NULL, write_timestamp BIGINT NOT NULL, adapter_manifest TEXT NOT NULL, event_payload BLOB"
        " NOT NULL, event_ser_id INTEGER NOT NULL, event_ser_manifest TEXT NOT NULL, meta_payload"
        " BLOB, meta_ser_id INTEGER, meta_ser_manifest TEXT, PRIMARY KEY(persistence_id,"
        " sequence_number));\n"
        "CREATE UNIQUE INDEX event_journal_ordering_idx ON event_journal(ordering);\n"
        "INSERT INTO event_journal VALUES(2, true, 'Cart|7', 1, 'w', 1767600000000, '', "
        "'{\"a\":1}',"
        " 33, 'acme.Added', NULL, NULL, NULL), (8, false, 'Cart|7', 2, 'w', 1767600000000, '',"
        " '{\"a\":2}', 33, '', NULL, NULL, NULL)",
        { text("Cart-7@1 acme.Added {\"a\":1}"), text("Cart-7@2 event {\"a\":2}") },
        { text("\"version\":1,\"deleted\":true}"), text("\"version\":2}") });
    add("akka-jdbc-legacy",
        "CREATE TABLE journal(ordering SERIAL, persistence_id VARCHAR(255) NOT NULL,"
        " sequence_number BIGINT NOT NULL, deleted BOOLEAN DEFAULT FALSE NOT NULL, tags"
        " VARCHAR(255), message BLOB NOT NULL, PRIMARY KEY(persistence_id, sequence_number));\n"
        "INSERT INTO journal VALUES(3, 'Cart|7', 1, false, NULL, '{\"a\":1}')",
        { text("Cart-7@1 ") }, { text("{\"position\":3,") });
}

/// Of prooph's tables one, as its strategies for MariaDB make them.
QByteArray proophTableOnMariaDb(const QByteArray& name)
{
    return "CREATE TABLE `" + name
        + "`(`no` BIGINT(20) NOT NULL AUTO_INCREMENT, `event_id` CHAR(36) COLLATE utf8_bin NOT "
          "NULL,"
          " `event_name` VARCHAR(100) COLLATE utf8_bin NOT NULL, `payload` LONGTEXT NOT NULL,"
          " `metadata` LONGTEXT NOT NULL, `created_at` DATETIME(6) NOT NULL, `aggregate_version`"
          " INT(11) UNSIGNED GENERATED ALWAYS AS (JSON_EXTRACT(metadata, '$._aggregate_version'))"
          " STORED, `aggregate_id` CHAR(36) GENERATED ALWAYS AS "
          "(JSON_UNQUOTE(JSON_EXTRACT(metadata,"
          " '$._aggregate_id'))) STORED, `aggregate_type` VARCHAR(150) GENERATED ALWAYS AS"
          " (JSON_UNQUOTE(JSON_EXTRACT(metadata, '$._aggregate_type'))) STORED, CHECK (`payload` IS"
          " NOT NULL AND JSON_VALID(`payload`)), PRIMARY KEY (`no`), UNIQUE KEY `ix_event_id`"
          " (`event_id`), UNIQUE KEY `ix_unique_event` (`aggregate_type`, `aggregate_id`,"
          " `aggregate_version`)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;\n";
}

const QByteArray proophStreamsOnMariaDb
    = "CREATE TABLE `event_streams`(`no` BIGINT(20) NOT NULL AUTO_INCREMENT, `real_stream_name`"
      " VARCHAR(150) NOT NULL, `stream_name` CHAR(41) NOT NULL, `metadata` LONGTEXT, PRIMARY KEY"
      " (`no`), UNIQUE KEY `ix_rsn` (`real_stream_name`)) ENGINE=InnoDB DEFAULT CHARSET=utf8"
      " COLLATE=utf8_bin;\n";

const QByteArray broadwayTableOnMysql
    = "CREATE TABLE events(id INT AUTO_INCREMENT NOT NULL, uuid CHAR(36) NOT NULL COMMENT"
      " '(DC2Type:guid)', playhead INT UNSIGNED NOT NULL, payload LONGTEXT NOT NULL, metadata"
      " LONGTEXT NOT NULL, recorded_on VARCHAR(32) NOT NULL, type VARCHAR(255) NOT NULL, UNIQUE"
      " INDEX u (uuid, playhead), PRIMARY KEY(id)) DEFAULT CHARACTER SET utf8mb4;\n";

/// PHP: Spatie, EventSauce, Prooph and Ecotone, Broadway, Patchlevel.
void addPhpMysqlSamples()
{
    add("spatie",
        "CREATE TABLE stored_events(id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,"
        " aggregate_uuid char(36), aggregate_version bigint unsigned, event_version tinyint "
        "unsigned"
        " NOT NULL DEFAULT 1, event_class varchar(255) NOT NULL, event_properties json NOT NULL,"
        " meta_data json NOT NULL, created_at timestamp NOT NULL, UNIQUE (aggregate_uuid,"
        " aggregate_version));\n"
        "INSERT INTO stored_events VALUES(1, '11111111-1111-1111-1111-111111111111', 1, 1,"
        " 'App\\\\Added', '{\"e\": 5}', '{\"stored-event-id\": 1}', '2026-01-05 08:00:00'),"
        "(2, NULL, NULL, 1, 'App\\\\Told', '[]', '[]', '2026-01-05 08:00:00')",
        { text("aggregate-11111111-1111-1111-1111-111111111111@1 App\\Added {\"e\": 5}"),
            text("@1 App\\Told []") },
        { text("{\"position\":1,"), text("{\"position\":2,\"stream\":null") });
    add("eventsauce",
        "CREATE TABLE `cart_messages`(`id` bigint(20) unsigned NOT NULL AUTO_INCREMENT, `event_id`"
        " BINARY(16) NOT NULL, `aggregate_root_id` BINARY(16) NOT NULL, `version` int(20) unsigned"
        " NULL, `payload` varchar(16001) NOT NULL, PRIMARY KEY (`id` ASC), KEY (`event_id`), KEY"
        " `reconstitution` (`aggregate_root_id`, `version` ASC)) DEFAULT CHARACTER SET utf8mb4"
        " COLLATE utf8mb4_general_ci ENGINE=InnoDB;\n"
        "INSERT INTO cart_messages VALUES(4, x'00112233445566778899aabbccddee01',"
        " x'11111111111111111111111111111111', 1,"
        " '{\"headers\":{\"__event_type\":\"cart.opened\",\"__aggregate_root_type\":\"cart\","
        "\"__time_of_recording\":\"2026-01-05 08:00:00.000001+0000\"},\"payload\":{\"f\":6}}')",
        { text("cart-11111111-1111-1111-1111-111111111111@1 cart.opened {\"f\":6}") },
        { text("{\"position\":4,") });
    add("eventsauce-legacy",
        "CREATE TABLE domain_messages(event_id VARCHAR(36) NOT NULL, event_type VARCHAR(100) NOT"
        " NULL, aggregate_root_id VARCHAR(36) NOT NULL, aggregate_root_version MEDIUMINT(36)"
        " UNSIGNED NOT NULL, time_of_recording DATETIME(6) NOT NULL, payload JSON NOT NULL, INDEX"
        " (aggregate_root_id), UNIQUE KEY (aggregate_root_id, aggregate_root_version ASC)) DEFAULT"
        " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci ENGINE=InnoDB;\n"
        "INSERT INTO domain_messages VALUES('e2', 'opened', 'b', 1, '2026-01-05 08:00:00.000001',"
        " '{\"headers\":{},\"payload\":{\"f\":1}}'), ('e1', 'opened', 'a', 1,"
        " '2026-01-05 08:00:00.000001', '{\"headers\":{},\"payload\":{\"f\":2}}'), ('e0', 'first',"
        " 'c', 1, '2026-01-05 08:00:00.000000', '{\"headers\":{},\"payload\":{\"f\":3}}'), ('e3',"
        " 'moved', 'a', 2, '2026-01-05 08:00:00.000001', '{\"headers\":{},\"payload\":{\"f\":4}}')",
        { text("aggregate-c@1 first {\"f\":3}"), text("aggregate-a@1 opened {\"f\":2}"),
            text("aggregate-a@2 moved {\"f\":4}"), text("aggregate-b@1 opened {\"f\":1}") },
        { text("08:00:00.000000"), text("\"a\",1]"), text("\"a\",2]"), text("\"b\",1]") });
    const QByteArray one = "_4228e4a00331b5d5e751db0481828e22a2c3c8ef";
    const QByteArray two = "_15a9121703daf4e316df4fd39f6df7da28702d5a";
    const QByteArray columns = " (no, event_id, event_name, payload, metadata, created_at) VALUES";
    add("prooph",
        proophStreamsOnMariaDb + proophTableOnMariaDb(one) + proophTableOnMariaDb(two)
            + "INSERT INTO `event_streams` VALUES"
              "(1, 'a', '"
            + one + "', '[]'), (2, 'b', '" + two + "', '[]');\nINSERT INTO `" + one + "`" + columns
            + "(1, '00112233-4455-6677-8899-aabbccddee01', 'Acme\\\\Opened',"
              " '{\"a\":1}', '{\"_aggregate_id\": \"7\", \"_aggregate_type\": \"Acme\\\\\\\\User\","
              " \"_aggregate_version\": 1}', '2026-01-05 08:00:00.000001'),"
              "(2, '00112233-4455-6677-8899-aabbccddee02', 'Acme\\\\Moved', '{\"a\":2}',"
              " '{\"_aggregate_id\": \"7\", \"_aggregate_type\": \"Acme\\\\\\\\User\","
              " \"_aggregate_version\": 2}', '2026-01-05 08:00:00.000003');\nINSERT INTO `"
            + two + "`" + columns
            + "(1, '00112233-4455-6677-8899-aabbccddee03', 'Acme\\\\Paid',"
              " '{\"a\":3}', '{\"_aggregate_id\": \"9\", \"_aggregate_type\": \"Order\","
              " \"_aggregate_version\": 1}', '2026-01-05 08:00:00.000002')",
        { text("Acme\\User-7@1 Acme\\Opened {\"a\":1}"), text("Order-9@1 Acme\\Paid {\"a\":3}"),
            text("Acme\\User-7@2 Acme\\Moved {\"a\":2}") },
        { text("\"_4228e4a"), text("\"_15a912"), text("\"_4228e4a") });
    add("broadway",
        broadwayTableOnMysql
            + "INSERT INTO events VALUES(1, '11111111-1111-1111-1111-111111111111', 0,"
              " '{\"class\":\"A\",\"payload\":{\"a\":1}}', '{\"class\":\"M\",\"payload\":{}}',"
              " '2026-01-05T08:00:00.000001+00:00', 'Acme.Cart.Opened')",
        { text("Acme.Cart-11111111-1111-1111-1111-111111111111@1 Acme.Cart.Opened {\"a\":1}") },
        { text("\"version\":0}") });
    add("patchlevel",
        "CREATE TABLE eventstore(id BIGINT AUTO_INCREMENT NOT NULL, aggregate VARCHAR(255) NOT "
        "NULL,"
        " aggregate_id VARCHAR(36) NOT NULL, playhead INT NOT NULL, event VARCHAR(255) NOT NULL,"
        " payload JSON NOT NULL, recorded_on DATETIME NOT NULL, new_stream_start TINYINT(1) DEFAULT"
        " 0 NOT NULL, archived TINYINT(1) DEFAULT 0 NOT NULL, custom_headers JSON NOT NULL, UNIQUE"
        " INDEX u (aggregate, aggregate_id, playhead), PRIMARY KEY(id));\n"
        "INSERT INTO eventstore VALUES(1, 'guest-book', 'g1', 1, 'guest.signed', '{\"g\":7}',"
        " '2026-01-05 08:00:00', false, true, '[]'), (2, 'guest-book', 'g1', 2, 'guest.split', "
        "'{}',"
        " '2026-01-05 08:00:00', true, false, '[]')",
        { text("guest_book-g1@1 guest.signed {\"g\":7}"), text("guest_book-g1@2 guest.split {}") },
        { text("\"archived\":true}"), text("\"newStreamStart\":true}") });
    add("patchlevel-stream",
        "CREATE TABLE event_store(id BIGINT AUTO_INCREMENT NOT NULL, stream VARCHAR(255) NOT NULL,"
        " playhead INT DEFAULT NULL, event VARCHAR(255) NOT NULL, payload JSON NOT NULL, "
        "recorded_on"
        " DATETIME NOT NULL, new_stream_start TINYINT(1) DEFAULT 0 NOT NULL, archived TINYINT(1)"
        " DEFAULT 0 NOT NULL, custom_headers JSON NOT NULL, PRIMARY KEY(id));\n"
        "INSERT INTO event_store VALUES(1, 'profile-1', NULL, 'profile.made', '{\"g\":7}',"
        " '2026-01-05 08:00:00', false, false, '[]')",
        { text("profile-1@1 profile.made {\"g\":7}") }, { text("\"version\":null}") });
}

const QByteArray railsTablesOnMysql
    = "CREATE TABLE event_store_events(id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, event_id"
      " varchar(36) NOT NULL, event_type varchar(255) NOT NULL, metadata blob, data blob NOT NULL,"
      " created_at datetime(6) NOT NULL, valid_at datetime(6) DEFAULT NULL, UNIQUE KEY (event_id),"
      " KEY (event_type), KEY (created_at)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n"
      "CREATE TABLE event_store_events_in_streams(id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,"
      " stream varchar(255) NOT NULL, position int DEFAULT NULL, event_id varchar(36) NOT NULL,"
      " created_at datetime(6) NOT NULL, UNIQUE KEY (stream, position), UNIQUE KEY (stream,"
      " event_id), KEY (event_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n";

/// Ruby and Rust.
void addOtherMysqlSamples()
{
    add("rails-event-store",
        railsTablesOnMysql
            + "INSERT INTO event_store_events VALUES(3, '00112233-4455-6677-8899-aabbccddee01',"
              " 'OrderPlaced', '---\\n:m: 1\\n', '---\\n:a: 1\\n', '2026-01-05 08:00:00.000001',"
              " NULL), (4, '00112233-4455-6677-8899-aabbccddee02', 'Told', NULL, '---\\n:a: 2\\n',"
              " '2026-01-05 08:00:00.000002', NULL);\n"
              "INSERT INTO event_store_events_in_streams VALUES(1, 'Order$7', 0,"
              " '00112233-4455-6677-8899-aabbccddee01', '2026-01-05 08:00:00.000001'), (2,"
              " 'by_type', NULL, '00112233-4455-6677-8899-aabbccddee01',"
              " '2026-01-05 08:00:00.000001')",
        { text("Order-7@1 OrderPlaced {\"a\":1}"), text("Told {\"a\":2}") },
        { text("{\"position\":3,"), text("{\"position\":4,\"stream\":null") }, "\"m\":1");
    add("cqrs-es",
        "CREATE TABLE events(aggregate_type varchar(255) NOT NULL, aggregate_id varchar(255) NOT"
        " NULL, sequence bigint NOT NULL CHECK (sequence >= 0), event_type text NOT NULL,"
        " event_version text NOT NULL, payload json NOT NULL, metadata json NOT NULL, timestamp"
        " timestamp(6) DEFAULT '2026-01-05 08:00:00.000001', CONSTRAINT events_pk PRIMARY KEY"
        " (aggregate_type, aggregate_id, sequence));\n"
        "INSERT INTO events VALUES('account', 'b', 2, 'Paid', '1.0', '{\"Paid\":{\"a\":1}}', '{}',"
        " DEFAULT), ('account', 'b', 1, 'Opened', '1.0', '{\"Opened\":{\"a\":2}}', '{}', DEFAULT),"
        "('account', 'a', 1, 'Closed', '1.0', '\"Closed\"', '{}', DEFAULT)",
        { text("account-a@1 Closed {}"), text("account-b@1 Opened {\"a\":2}"),
            text("account-b@2 Paid {\"a\":1}") },
        { text("\"a\",1]"), text("\"b\",1]"), text("\"b\",2]") });
}

} // namespace eventloupe
