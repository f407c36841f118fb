#include "report/storereport.h"

#include "foreign/foreignstores.h"
#include "foreign/storeprofiles.h"
#include "report/messagetemplates.h"
#include "report/recenterrors.h"
#include "store/damagenotice.h"
#include "store/maskedeventstore.h"
#include "store/sqliteheader.h"
#include "store/storenotices.h"
#include "value/storelocation.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <functional>

namespace eventloupe {

namespace {

constexpr int shownDigits = 16; ///< Of a hash.

QString fileOf(const QString& location)
{
    return isNoFile(location) ? QString() : ForeignLocation::of(location).database;
}

/// Of another library's store, its profile where the program brings it.
QString kindOf(const EventStore& store, const QString& location)
{
    const auto& known = builtInProfiles();
    const auto found = std::find_if(known.begin(), known.end(),
        [&](const StoreProfile& profile) { return profile.title == store.library(); });
    if (!store.library().isEmpty())
        return found != known.end() ? found->name : QStringLiteral("a mapping of one's own");
    return isNoFile(location) ? QStringLiteral("eventloupe on a server")
                              : QStringLiteral("eventloupe");
}

JsonValue sizeOf(const QString& file)
{
    const QFileInfo info(file);
    return info.isFile() ? JsonValue::fromInt(info.size()) : JsonValue();
}

/// Asks the store, and notes how long that took and why it could not answer.
class Asker {
public:
    Asker(JsonValue& counts, JsonValue& milliseconds, RecentErrors& errors)
        : m_counts(counts)
        , m_milliseconds(milliseconds)
        , m_errors(errors)
    {
    }
    template <class T>
    qint64 ask(const char* name, const Result<T>& answer, qint64 microseconds,
        const std::function<qint64(const T&)>& count)
    {
        m_milliseconds.insert(
            name, JsonValue::fromDouble(static_cast<double>(microseconds / 10) / 100));
        if (!answer)
            m_errors.note(answer.error());
        const qint64 value = answer ? count(*answer) : 0;
        m_counts.insert(name, answer ? JsonValue::fromInt(value) : JsonValue());
        return value;
    }

private:
    JsonValue& m_counts;
    JsonValue& m_milliseconds;
    RecentErrors& m_errors;
};

template <class T, class Call>
qint64 timed(
    Asker& asker, const char* name, Call call, const std::function<qint64(const T&)>& count)
{
    QElapsedTimer timer;
    timer.start();
    const Result<T> answer = call();
    return asker.ask<T>(name, answer, timer.nsecsElapsed() / 1000, count);
}

/// Reads the events of a file for a while, to meet what is damaged of it; how many they were.
Result<qint64> scan(EventStore& store, Position head, const CancelToken& cancel)
{
    constexpr qint64 mostMilliseconds = 2000;
    QElapsedTimer timer;
    timer.start();
    qint64 count = 0;
    const auto scanned = store.scanLog(
        1, head, ScanColumn::Type | ScanColumn::Stream | ScanColumn::Data | ScanColumn::Metadata,
        cancel, [&](const EventView&) {
            ++count; // One alone may have megabytes.
            return timer.elapsed() < mostMilliseconds && !cancel.isCancelled();
        });
    if (!scanned)
        return scanned.error();
    return count;
}

void addCounts(EventStore& store, bool isFile, const CancelToken& cancel, JsonValue& figures,
    RecentErrors& errors)
{
    auto counts = JsonValue::emptyObject();
    auto milliseconds = JsonValue::emptyObject();
    Asker asker(counts, milliseconds, errors);
    const std::function<qint64(const qint64&)> same = [](qint64 value) { return value; };
    const qint64 head = timed<Position>(
        asker, "events", [&] { return store.head(); }, same);
    timed<qint64>(
        asker, "streams", [&] { return store.streamCountAt(head); }, same);
    timed<qint64>(
        asker, "categories", [&] { return store.categoryCountAt(head); }, same);
    timed<QStringList>(
        asker, "types", [&] { return store.types(); },
        [](const QStringList& types) { return static_cast<qint64>(types.size()); });
    constexpr int page = 256;
    timed<QList<Event>>(
        asker, "last_page",
        [&] { return store.readLog(std::max<Position>(head - page + 1, 1), page); },
        [](const QList<Event>& events) { return static_cast<qint64>(events.size()); });
    if (isFile)
        timed<qint64>(
            asker, "scanned", [&] { return scan(store, head, cancel); }, same);
    figures.insert("counts", counts);
    figures.insert("milliseconds", milliseconds);
}

void addServer(const EventStore& store, JsonValue& figures)
{
    const auto* const server = dynamic_cast<const AnnouncingStore*>(&store);
    if (server == nullptr || server->server().name.isEmpty())
        return;
    auto answers = JsonValue::emptyObject();
    // Its name is where it is; the first words of the version are the product's.
    answers.insert("version",
        JsonValue::fromString(server->server().version.section(u' ', 0, 1)));
    answers.insert("encrypted",
        JsonValue::fromBool(server->server().transport.startsWith(QStringLiteral("TLS"))));
    answers.insert("standby", JsonValue::fromBool(server->server().isStandby));
    figures.insert("server", answers);
}

JsonValue templateOrNull(const QString& message)
{
    return message.isEmpty()
        ? JsonValue()
        : JsonValue::fromString(MessageTemplates::instance().placeholdersFor(message));
}

} // namespace

bool isDamaged(const QString& location)
{
    const QString file = fileOf(location);
    return !file.isEmpty() && DamageNotice::instance().isKnown(file);
}

void forgetDamage(const QString& location)
{
    if (const QString file = fileOf(location); !file.isEmpty())
        DamageNotice::instance().forget(file);
}

JsonValue locationFigures(const QString& location)
{
    auto figures = JsonValue::emptyObject();
    const QString text = StoreLocation::split(location).text;
    const QString file = fileOf(text);
    const auto hash = QCryptographicHash::hash(
        (file.isEmpty() ? text : QFileInfo(file).absoluteFilePath()).toUtf8(),
        QCryptographicHash::Sha256);
    static const QStringList suffixes { QStringLiteral("eventlog"), QStringLiteral("db"),
        QStringLiteral("sqlite"), QStringLiteral("sqlite3") };
    const QString suffix = QFileInfo(file).suffix().toLower();
    figures.insert("is", JsonValue::fromString(QByteArray(file.isEmpty() ? "server" : "file")));
    figures.insert("suffix",
        suffixes.contains(suffix) ? JsonValue::fromString(suffix) : JsonValue());
    figures.insert("sha256", JsonValue::fromString(hash.toHex().left(shownDigits)));
    return figures;
}

JsonValue sqliteFileFigures(const QString& path)
{
    const QFileInfo info(path);
    if (!info.isFile() || info.size() < SqliteHeader::size)
        return {};
    const auto header = SqliteHeader::read(path);
    if (!header || !header->isDatabase())
        return {};
    auto figures = JsonValue::emptyObject();
    figures.insert("application_id", JsonValue::fromInt(header->applicationId()));
    figures.insert("user_version", JsonValue::fromInt(header->userVersion()));
    figures.insert("schema_format", JsonValue::fromInt(header->schemaFormat()));
    figures.insert("page_size", JsonValue::fromInt(header->pageSize()));
    figures.insert("pages", JsonValue::fromInt(header->pageCount()));
    figures.insert("free_pages", JsonValue::fromInt(header->freePages()));
    figures.insert("wal_mode", JsonValue::fromBool(header->isInWalMode()));
    figures.insert("written_by", JsonValue::fromInt(header->writtenBy()));
    return figures;
}

JsonValue storeFigures(EventStore& shownStore, const QString& location, const CancelToken& cancel)
{
    EventStore& store = trueStore(shownStore); // The report has no values.
    auto figures = JsonValue::emptyObject();
    RecentErrors errors;
    figures.insert("kind", JsonValue::fromString(kindOf(store, location)));
    figures.insert("location", locationFigures(location));
    addServer(store, figures);
    if (waitUntilCounted(store, cancel))
        addCounts(store, !fileOf(location).isEmpty(), cancel, figures, errors);
    if (const QString file = fileOf(location); !file.isEmpty()) {
        auto bytes = JsonValue::emptyObject();
        bytes.insert("file", sizeOf(file));
        bytes.insert("wal", sizeOf(file + QStringLiteral("-wal")));
        bytes.insert("head_file", sizeOf(file + QStringLiteral(".head")));
        figures.insert("bytes", bytes);
        figures.insert("sqlite", sqliteFileFigures(file));
    }
    figures.insert("read_only", templateOrNull(store.readOnlyReason()));
    figures.insert("fault_at_open", templateOrNull(store.openingFault()));
    figures.insert("damaged", JsonValue::fromBool(isDamaged(location)));
    figures.insert("missing_indexes", JsonValue::fromInt(store.advice().size()));
    figures.insert("linked_streams", JsonValue::fromBool(store.hasLinkedStreams()));
    figures.insert("errors", errors.figures());
    return figures;
}

} // namespace eventloupe
