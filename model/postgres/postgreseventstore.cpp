#include "postgres/postgreseventstore.h"

#include "postgres/postgresbulkappend.h"
#include "postgres/postgresverifier.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

const QString defaultSchema = QStringLiteral("eventloupe");
/// How long an append waits until a standby that is read from has it.
constexpr auto standbyPatience = 2s;

Result<void> create(PostgresOptions options)
{
    options.isReadOnly = false;
    options.wantsPrimary = options.address.hasSeveralHosts();
    const auto connection = PostgresConnection::open(options);
    if (!connection)
        return connection.error();
    const auto made = PostgresSchema::create(**connection, options.address.schema);
    // Someone else may have made it meanwhile.
    if (made || PostgresSchema::find(**connection, options.address.schema))
        return {};
    return made.error();
}

} // namespace

PostgresEventStore::PostgresEventStore(
    PostgresOptions options, PostgresSchema schema, const Patience& patience)
    : m_options(std::move(options))
    , m_schema(std::move(schema))
    , m_patience(patience)
    , m_reader(m_options, [this](PostgresConnection& each) { return prepareReader(each); })
    , m_writer(writerOptions(), [this](PostgresConnection& each) { return prepareWriter(each); })
    , m_names(m_reader)
    , m_events(m_reader, m_names)
    , m_streams(m_reader)
    , m_selectionScan(m_reader, m_names, m_events)
    , m_appender(m_writer, m_chain)
{
    m_reader.setPatience(patience.reading);
    m_writer.setPatience(patience.appending);
}

PostgresEventStore::~PostgresEventStore() = default;

Result<PostgresOptions> PostgresEventStore::optionsOf(const QString& location)
{
    auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    PostgresOptions options;
    options.address = std::move(*address);
    if (options.address.schema.isEmpty())
        options.address.schema = defaultSchema;
    return options;
}

Result<std::unique_ptr<EventStore>> PostgresEventStore::open(
    const QString& location, OpenMode mode, const Patience& patience)
{
    auto options = optionsOf(location);
    if (!options)
        return options.error();
    options->answerTimeout = patience.answer;
    options->connectTimeout = std::min(options->connectTimeout, patience.answer);
    auto connection = PostgresConnection::open(*options);
    if (!connection)
        return connection.error();
    auto schema = PostgresSchema::find(**connection, options->address.schema);
    if (!schema && schema.error().code == ErrorCode::NotFound && mode == OpenMode::Create) {
        if (const auto created = create(*options); !created)
            return created.error();
        const auto end = Clock::now() + standbyPatience;
        do {
            schema = PostgresSchema::find(**connection, options->address.schema);
        } while (!schema && schema.error().code == ErrorCode::NotFound && Clock::now() < end);
    }
    if (!schema)
        return schema.error();
    std::unique_ptr<PostgresEventStore> store(new PostgresEventStore(*options, *schema, patience));
    if (!store->m_chain.isValid())
        return Error { ErrorCode::Internal, tr("OpenSSL has no SHA-256.") };
    store->m_transport = (*connection)->transport();
    if (const auto found = store->findWhyReadOnly(**connection, mode); !found)
        return found.error();
    store->m_reader.adopt(std::move(*connection));
    const auto head = store->head();
    if (!head)
        return head.error();
    store->m_reported = *head;
    return std::unique_ptr<EventStore>(std::move(store));
}

Result<void> PostgresEventStore::findWhyReadOnly(PostgresConnection& connection, OpenMode mode)
{
    if (mode == OpenMode::ReadOnly) {
        m_readOnlyReason = tr("it was opened for reading");
        return {};
    }
    // Of several hosts, another one may be the primary.
    if (connection.isStandby() && !m_options.address.hasSeveralHosts()) {
        m_readOnlyReason = tr("%1 is a standby; name the primary in the location as well "
                              "(host=A,B), and appends go there")
                               .arg(connection.serverName());
        return {};
    }
    const auto missing = findMissingRight(connection);
    if (!missing)
        return missing.error();
    m_readOnlyReason = *missing;
    return {};
}

PostgresOptions PostgresEventStore::writerOptions() const
{
    PostgresOptions options = m_options;
    options.isReadOnly = false;
    options.wantsPrimary = options.address.hasSeveralHosts();
    return options;
}

/// Whether a new connection leads to the same store: a host may stand for another server by now.
Result<void> PostgresEventStore::checkSame(PostgresConnection& connection) const
{
    const auto found = PostgresSchema::find(connection, m_schema.name);
    if (!found)
        return found.error();
    if (found->storeId != m_schema.storeId)
        return Error { ErrorCode::Corrupt,
            tr("%1: the store was replaced by another one since it was opened. Close it and open "
               "it again.")
                .arg(location()) };
    return {};
}

/// Whether all that was seen is there: a standby may be behind, and one that was promoted may have
/// lost what was not replicated.
Result<void> PostgresEventStore::checkNothingLost(PostgresConnection& connection) const
{
    if (m_known.position == 0)
        return {};
    const auto row = connection.query(
        "SELECT hash FROM event WHERE position = $1", PostgresParameters().add(m_known.position));
    if (!row)
        return row.error();
    if (row->rows() == 1 && row->bytes(0, 0) == toBytes(viewOf(m_known.hash)))
        return {};
    if (connection.isStandby())
        return Error { ErrorCode::InputOutput,
            tr("%1 is a standby that has not got event %2 yet.")
                .arg(connection.serverName())
                .arg(m_known.position) };
    return Error { ErrorCode::Corrupt,
        tr("%1: event %2, which was there before, is missing or another one: the server was "
           "restored, or a standby that was behind took over. Close the store and open it again "
           "to go on with what is there.")
            .arg(location())
            .arg(m_known.position) };
}

Result<void> PostgresEventStore::prepareReader(PostgresConnection& connection)
{
    if (const auto same = checkSame(connection); !same)
        return same;
    return checkNothingLost(connection);
}

Result<void> PostgresEventStore::prepareWriter(PostgresConnection& connection)
{
    if (const auto same = checkSame(connection); !same)
        return same;
    if (const auto lost = checkNothingLost(connection); !lost)
        return lost;
    // Acknowledged is durable, whatever the server's default is.
    return connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')");
}

void PostgresEventStore::setNotices(StoreNotices notices)
{
    m_listener.reset();
    m_reader.setNotices(notices);
    m_writer.setNotices(notices);
    const PostgresConnection* reading = m_reader.present();
    if (!notices.grew || !m_schema.hasNotifications())
        return;
    // A standby refuses to listen; of several hosts, the primary does not.
    if (reading && reading->isStandby() && !m_options.address.hasSeveralHosts())
        return;
    PostgresOptions options = writerOptions();
    options.isReadOnly = true;
    options.wantsPrimary = m_options.address.hasSeveralHosts();
    m_listener
        = std::make_unique<PostgresListener>(options, m_schema.channel(), std::move(notices.grew));
}

bool PostgresEventStore::announcesGrowth() const
{
    // The primary tells sooner than a standby has it.
    const PostgresConnection* reading = m_reader.present();
    return m_listener && m_listener->isListening() && reading && !reading->isStandby();
}

void PostgresEventStore::tryNow()
{
    m_reader.tryNow();
    m_writer.tryNow();
}

StoreServer PostgresEventStore::server() const
{
    const PostgresConnection* reading = m_reader.present();
    return reading ? reading->server() : StoreServer();
}

Result<Position> PostgresEventStore::head()
{
    // Often asked, also while nothing answers: then it does not wait.
    const auto row = m_reader.read("SELECT position, hash FROM head", {}, true, {});
    if (!row)
        return row.error();
    const Position position = row->number(0);
    if (position > m_known.position) {
        m_known.position = position;
        const QByteArray hash = row->bytes(0, 1);
        const auto most = static_cast<qsizetype>(m_known.hash.size());
        std::copy_n(hash.constData(), std::min(hash.size(), most), m_known.hash.begin());
    }
    return position;
}

Result<bool> PostgresEventStore::hasChanged()
{
    const auto now = head();
    if (!now)
        return now.error();
    return std::exchange(m_reported, *now) != *now;
}

Result<void> PostgresEventStore::checkWritable() const
{
    if (m_readOnlyReason.isEmpty())
        return {};
    return Error { ErrorCode::ReadOnly,
        tr("%1 can only be read: %2.").arg(location(), m_readOnlyReason) };
}

/// Where another server is read from than is written to, waits until it has what was written.
void PostgresEventStore::awaitReader(Position position)
{
    const PostgresConnection* reading = m_reader.present();
    if (!reading || !reading->isStandby())
        return;
    const auto end = Clock::now() + standbyPatience;
    for (auto now = head(); now && *now < position && Clock::now() < end; now = head())
        std::this_thread::sleep_for(5ms);
}

Result<AppendOutcome> PostgresEventStore::append(const AppendRequest& request)
{
    if (const auto writable = checkWritable(); !writable)
        return writable.error();
    auto outcome = m_appender.append(request, m_schema, m_patience.appending);
    if (outcome)
        if (const auto* appended = std::get_if<Appended>(&*outcome))
            awaitReader(appended->last);
    return outcome;
}

Result<std::unique_ptr<BulkAppend>> PostgresEventStore::beginBulk()
{
    if (const auto writable = checkWritable(); !writable)
        return writable.error();
    return PostgresBulkAppend::begin(m_writer, m_chain, m_schema, m_patience.appending);
}

Result<qint64> PostgresEventStore::verify(const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    const auto connection = m_reader.connection(m_patience.reading);
    if (!connection)
        return connection.error();
    auto verified = PostgresVerifier(**connection, m_chain, report).run(cancel, progress);
    (*connection)->watch(nullptr);
    if (!verified)
        (void)m_reader.noteFailure(verified.error());
    return verified;
}

void PostgresEventStore::interrupt()
{
    m_reader.interrupt();
    m_writer.interrupt();
}

} // namespace eventloupe
