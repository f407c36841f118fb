#include "faults/operations.h"

#include "exchange/copylog.h"
#include "exchange/exporter.h"
#include "exchange/importer.h"
#include "support/storefiles.h"

#include <QFile>
#include <QHash>

#include <algorithm>

namespace eventloupe {

namespace {

void copyStore(const QString& from, const QString& to)
{
    for (const char* suffix : { "", ".head" })
        QFile::copy(from + QLatin1String(suffix), to + QLatin1String(suffix));
}

QByteArray payload(const QString& id, qsizetype bytes)
{
    return "{\"id\":\"" + id.toUtf8() + "\",\"text\":\"" + QByteArray(bytes, 'x') + "\"}";
}

QString idOf(int imported)
{
    return QStringLiteral("in-%1").arg(imported);
}

/// All of an import, with these the load is larger than what is kept in memory of it.
constexpr qsizetype bigPayload = 60'000;
constexpr qsizetype smallPayload = 300;

QByteArray linesOf(qsizetype bytes)
{
    QByteArray lines;
    for (int i = 1; i <= FaultRound::Samples::imported; ++i)
        lines += "{\"stream\":\"in-" + QByteArray::number(i % 7) + "\",\"type\":\"IN\",\"id\":\""
            + idOf(i).toUtf8() + "\",\"data\":" + payload(idOf(i), bytes) + "}\n";
    return lines;
}

} // namespace

void RoundFigures::add(const RoundFigures& other)
{
    acknowledged += other.acknowledged;
    lost += other.lost;
    torn += other.torn;
    faulty += other.faulty;
    stuck += other.stuck;
    if (message.isEmpty())
        message = other.message;
}

FaultRound::Samples::Samples()
{
    makeStoreFile(path("base"), stored);
    makeStoreFile(path("empty"), 0);
    writeContent(path("in.ndjson"), linesOf(smallPayload));
    writeContent(path("big.ndjson"), linesOf(bigPayload));
    const auto store = openStore(path("base"), OpenMode::ReadOnly);
    ExportRequest request;
    request.file = path("out.ndjson");
    if (!store || !exportEvents(**store, request, {}, {}))
        qFatal("no export");
    m_exported = contentOf(request.file);
}

QString FaultRound::Samples::path(const char* name) const
{
    return m_folder.filePath(QLatin1String(name));
}

FaultRound::FaultRound(Operation operation, const Samples& samples, std::uint64_t seed)
    : m_operation(operation)
    , m_samples(samples)
    , m_random(seed)
{
    const bool isEmpty
        = operation == Operation::ImportIntoEmpty || operation == Operation::BigImport;
    copyStore(samples.path(isEmpty ? "empty" : "base"), path("s"));
    noteHead();
}

FaultRound::~FaultRound() = default;

QString FaultRound::path(const char* name) const
{
    return m_folder.filePath(QLatin1String(name));
}

void FaultRound::noteHead()
{
    m_heads.push_back(contentOf(path("s.head")));
}

void FaultRound::wrong(qint64& figure, const QString& message)
{
    ++figure;
    if (m_figures.message.isEmpty())
        m_figures.message = message;
}

void FaultRound::run()
{
    switch (m_operation) {
    case Operation::Append:
        return append(20);
    case Operation::BigAppend:
        return append(600'000);
    case Operation::Import:
    case Operation::ImportIntoEmpty:
    case Operation::BigImport:
        return importFile();
    case Operation::Copy:
        return copy();
    case Operation::Export:
        return exportLog();
    }
}

/// Some appends, with the store closed and opened between them: with that, the log is brought into
/// the file. What is refused is repeated once, with the same ids.
void FaultRound::append(qsizetype bytes)
{
    QHash<QString, StreamVersion> versions {
        { QStringLiteral("s-1"), 20 }, { QStringLiteral("s-2"), 20 }, { QStringLiteral("new-1"), 0 }
    };
    const QStringList streams { QStringLiteral("s-1"), QStringLiteral("s-2"),
        QStringLiteral("new-1") };
    const int appends = bytes > 1000 ? 20 : 8;
    for (int i = 0; i < appends; ++i) {
        if (i % 4 == 0)
            m_store.reset();
        Write write;
        write.stream = streams.at(static_cast<qsizetype>(m_random() % 3));
        const int events = 1 + static_cast<int>(m_random() % 3);
        for (int each = 0; each < events; ++each) {
            const QString id = QStringLiteral("w-%1-%2").arg(i).arg(each);
            write.events.append(
                NewEvent { QStringLiteral("W"), payload(id, bytes), "{}", { i }, id });
        }
        StreamVersion& version = versions[write.stream];
        m_writes.push_back(write);
        for (int attempt = 0; attempt < 2 && !m_writes.back().isAcknowledged; ++attempt) {
            if (!m_store) {
                auto opened = openStore(path("s"), OpenMode::ReadWrite);
                if (!opened)
                    continue;
                m_store = std::move(*opened);
            }
            const auto outcome = m_store->append(
                { write.stream, ExpectedVersion::exactly(version), write.events });
            if (!outcome)
                continue;
            const auto* appended = std::get_if<Appended>(&*outcome);
            if (!appended) {
                wrong(m_figures.torn, QStringLiteral("a conflict that is none"));
                break;
            }
            version = appended->version;
            m_writes.back().version = version;
            m_writes.back().isAcknowledged = true;
            noteHead();
        }
        if (!m_writes.back().isAcknowledged && i > 0)
            return;
    }
    m_store.reset();
}

void FaultRound::importFile()
{
    auto opened = openStore(path("s"), OpenMode::ReadWrite);
    if (!opened)
        return;
    m_store = std::move(*opened);
    ImportRequest request;
    request.file
        = m_samples.path(m_operation == Operation::BigImport ? "big.ndjson" : "in.ndjson");
    m_isDone = eventloupe::importFile(*m_store, request, {}, {}).ok();
    if (m_isDone)
        noteHead();
    if (m_random() % 2 == 0)
        m_store.reset();
}

void FaultRound::copy()
{
    const auto from = openStore(path("s"), OpenMode::ReadOnly);
    if (!from)
        return;
    CopyRequest request;
    request.to = path("copy");
    request.batch = 20;
    m_isDone = copyLog(**from, request, {}, {}).ok();
}

void FaultRound::exportLog()
{
    writeContent(path("out.ndjson"), "before");
    const auto from = openStore(path("s"), OpenMode::ReadOnly);
    if (!from)
        return;
    ExportRequest request;
    request.file = path("out.ndjson");
    m_isDone = exportEvents(**from, request, {}, {}).ok();
}

void FaultRound::goOn()
{
    if (!m_store)
        return;
    Write write { QStringLiteral("on-1"),
        { NewEvent { QStringLiteral("W"), "{}", "{}", { 1 }, QStringLiteral("on") } }, 1, true };
    const auto outcome
        = m_store->append({ write.stream, ExpectedVersion::noStream(), write.events });
    if (!outcome || !std::get_if<Appended>(&*outcome))
        return wrong(m_figures.stuck,
            outcome ? QStringLiteral("a conflict") : outcome.error().message);
    m_writes.push_back(write);
}

void FaultRound::loseHeadFile()
{
    const QString head = path("s.head");
    switch (m_random() % 6) {
    case 0:
        QFile::remove(head);
        return;
    case 1:
        return writeContent(head, {});
    case 2:
        return writeContent(head, QByteArray(m_heads.back().size(), '\0'));
    case 3:
        return; // As it is.
    default:
        return writeContent(head, m_heads[m_random() % m_heads.size()]);
    }
}

RoundFigures FaultRound::check()
{
    if (m_operation == Operation::Copy)
        checkCopy();
    if (m_operation == Operation::Export)
        checkExport();
    auto store = openStore(path("s"), OpenMode::ReadWrite);
    if (!store) {
        wrong(m_figures.faulty, store.error().message);
        return m_figures;
    }
    if (!(*store)->readOnlyReason().isEmpty())
        wrong(m_figures.faulty, (*store)->readOnlyReason());
    QString fault;
    const auto read = (*store)->verify(
        {}, {}, [&fault](const StoreFault& found) { fault = fault + found.message; });
    if (!read || !fault.isEmpty())
        wrong(m_figures.faulty, read ? fault : read.error().message);
    const auto events = (*store)->readLog(1, 100'000);
    if (!events)
        wrong(m_figures.faulty, events.error().message);
    else {
        checkWrites(*events);
        checkImport(*events);
    }
    const auto next = appendOne(**store, QStringLiteral("next-1"));
    if (!next)
        wrong(m_figures.stuck, next.error().message);
    return m_figures;
}

void FaultRound::checkWrites(const QList<Event>& events)
{
    QHash<QString, const Event*> byId;
    for (const Event& each : events)
        byId.insert(each.id, &each);
    if (byId.size() != events.size())
        wrong(m_figures.faulty, QStringLiteral("an event is stored twice"));
    for (const Write& write : m_writes) {
        qsizetype found = 0;
        StreamVersion version = write.version - write.events.size();
        for (const NewEvent& each : write.events) {
            const Event* const event = byId.value(each.id);
            ++version;
            found += event ? 1 : 0;
            if (!write.isAcknowledged)
                continue;
            ++m_figures.acknowledged;
            if (!event || event->stream != write.stream || event->data != each.data
                || event->version != version)
                wrong(m_figures.lost, QStringLiteral("event %1 is lost").arg(each.id));
        }
        if (found != 0 && found != write.events.size())
            wrong(m_figures.torn, QStringLiteral("an append is there in part"));
    }
}

void FaultRound::checkImport(const QList<Event>& events)
{
    const bool isBig = m_operation == Operation::BigImport;
    if (!isBig && m_operation != Operation::Import && m_operation != Operation::ImportIntoEmpty)
        return;
    const qsizetype bytes = isBig ? bigPayload : smallPayload;
    qint64 found = 0;
    for (const Event& each : events)
        found += each.type == QLatin1String("IN") && each.data == payload(each.id, bytes) ? 1 : 0;
    if (m_isDone) {
        m_figures.acknowledged += Samples::imported;
        if (found != Samples::imported)
            wrong(m_figures.lost, QStringLiteral("%1 events of an import").arg(found));
    }
    if (found != 0 && found != Samples::imported)
        wrong(m_figures.torn, QStringLiteral("%1 events of an import").arg(found));
}

/// The copy is the beginning of the log, and copying again completes it.
void FaultRound::checkCopy()
{
    const auto from = openStore(path("s"), OpenMode::ReadOnly);
    if (!from)
        return wrong(m_figures.faulty, from.error().message);
    const auto compare = [&](bool isWhole) {
        const auto to = openStore(path("copy"), OpenMode::ReadOnly);
        if (!to && to.error().code == ErrorCode::NotFound && !isWhole)
            return;
        if (!to)
            return wrong(m_figures.faulty, to.error().message);
        QString fault;
        const auto read = (*to)->verify(
            {}, {}, [&fault](const StoreFault& found) { fault = found.message; });
        if (!read || !fault.isEmpty())
            return wrong(m_figures.faulty, read ? fault : read.error().message);
        const auto head = (*to)->head();
        if (isWhole && head.value() != Samples::stored)
            return wrong(m_figures.lost, QStringLiteral("%1 copied").arg(head.value()));
        if (head.value() % 20 != 0)
            return wrong(m_figures.torn, QStringLiteral("%1 copied").arg(head.value()));
        if ((*to)->hashAt(head.value()).value() != (*from)->hashAt(head.value()).value())
            wrong(m_figures.faulty, QStringLiteral("the copy is another log"));
    };
    if (m_isDone)
        m_figures.acknowledged += Samples::stored;
    compare(m_isDone);
    CopyRequest request;
    request.to = path("copy");
    const auto again = copyLog(**from, request, {}, {});
    if (!again)
        return wrong(m_figures.stuck, again.error().message);
    compare(true);
}

void FaultRound::checkExport()
{
    const QByteArray left = contentOf(path("out.ndjson"));
    if (m_isDone && left != m_samples.exported())
        wrong(m_figures.lost, QStringLiteral("an export is not whole"));
    if (!m_isDone && left != "before" && left != m_samples.exported())
        wrong(m_figures.torn, QStringLiteral("an export is there in part"));
    m_figures.acknowledged += m_isDone ? Samples::stored : 0;
}

} // namespace eventloupe
