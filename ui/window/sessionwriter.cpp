#include "ui/window/sessionwriter.h"

#include "ui/window/fileclaim.h"
#include "value/handover.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <iterator>
#include <utility>

namespace eventloupe {

namespace {

/// What a writer that was killed left; the claim on the file is held.
void removeLitter(const QString& file)
{
    const QFileInfo info(file);
    const auto left = QDir(info.absolutePath())
                          .entryInfoList({ info.fileName() + QStringLiteral(".??????.new") },
                              QDir::Files | QDir::Hidden);
    for (const auto& each : left)
        QFile::remove(each.filePath());
}

Result<void> writePlace(const QString& file, const std::optional<SessionPlace>& place)
{
    if (!place) {
        QFile::remove(file);
        return {};
    }
    makePrivateFolder(QFileInfo(file).absolutePath());
    return writeSession(file, toSessionJson(*place));
}

void removePlaces(const QString& stem)
{
    const QFileInfo info(stem);
    const auto kept = QDir(info.absolutePath())
                          .entryInfoList({ info.fileName() + QStringLiteral(".json"),
                                             info.fileName() + QStringLiteral("-*.json") },
                              QDir::Files);
    for (const auto& each : kept) {
        // Held until it is removed.
        if (const auto claim = FileClaim::take(each.filePath()))
            QFile::remove(each.filePath());
    }
}

} // namespace

SessionWriter::SessionWriter(QString file, SessionValues known, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_known(std::move(known))
{
    m_pool.setMaxThreadCount(1);
}

SessionWriter::~SessionWriter()
{
    retry();
    m_pool.waitForDone();
}

void SessionWriter::change(std::vector<Change> changes)
{
    {
        const std::lock_guard lock(m_guard);
        std::move(changes.begin(), changes.end(), std::back_inserter(m_waiting.changes));
    }
    retry();
}

void SessionWriter::write(const QString& placeFile, const std::optional<SessionPlace>& place)
{
    {
        const std::lock_guard lock(m_guard);
        m_waiting.places.insert(placeFile, place);
    }
    retry();
}

void SessionWriter::flush()
{
    m_pool.waitForDone();
}

void SessionWriter::retry()
{
    const std::lock_guard lock(m_guard);
    if (!m_isWorking && !m_waiting.isEmpty()) {
        m_isWorking = true;
        runOn(m_pool, [this, self = QPointer(this)] { work(self); });
    }
}

/// Until nothing waits, or something cannot be written: that waits again, behind nothing newer.
void SessionWriter::work(const QPointer<SessionWriter>& self)
{
    while (true) {
        Waiting taken;
        {
            const std::lock_guard lock(m_guard);
            if (m_waiting.isEmpty()) {
                m_isWorking = false;
                break;
            }
            taken = std::exchange(m_waiting, {});
        }
        QStringList fallen;
        const QString failure = perform(taken, fallen);
        guiCalls().post([self, failure, fallen] {
            if (self)
                self->report(failure);
            if (self && !fallen.isEmpty())
                emit self->fellOff(fallen);
        });
        if (failure.isEmpty())
            continue;
        const std::lock_guard lock(m_guard);
        std::move(m_waiting.changes.begin(), m_waiting.changes.end(),
            std::back_inserter(taken.changes));
        m_waiting.changes = std::move(taken.changes);
        for (auto each = taken.places.cbegin(); each != taken.places.cend(); ++each) {
            if (!m_waiting.places.contains(each.key()))
                m_waiting.places.insert(each.key(), each.value());
        }
        m_isWorking = false;
        break;
    }
}

/// Leaves in `waiting` what was not done. Why, or empty. `fallen` is what fell off the recents.
QString SessionWriter::perform(Waiting& waiting, QStringList& fallen)
{
    QString failure;
    if (!waiting.changes.empty()) {
        if (const auto written = applyChanges(waiting.changes); written) {
            waiting.changes.clear();
            fallen = *written;
        } else {
            failure = written.error().message;
        }
    }
    for (auto each = waiting.places.begin(); each != waiting.places.end();) {
        removeLitter(each.key());
        const auto written = writePlace(each.key(), each.value());
        if (!written)
            failure = written.error().message;
        // One that is too large stays so until it is another.
        const bool isDone = written || written.error().code == ErrorCode::Unsupported;
        each = isDone ? waiting.places.erase(each) : std::next(each);
    }
    return failure;
}

/// What fell off the recents. That is known here alone: other windows wrote to the list, and what
/// one of them showed a moment ago may be the last of this window's.
Result<QStringList> SessionWriter::applyChanges(const std::vector<Change>& changes)
{
    const auto claim = FileClaim::await(m_file);
    if (!claim)
        return claim.error();
    removeLitter(m_file);
    // One that was removed or broken meanwhile is made anew from what is known here.
    const auto read = readValues(m_file);
    if (read.isUnread)
        return Error { ErrorCode::InputOutput, read.trouble };
    SessionValues values = read.isThere ? read.content : m_known;
    for (const auto& change : changes)
        change(values);
    const QStringList fallen = values.recent.mid(recentCount);
    values.recent = values.recent.mid(0, recentCount);
    if (!read.isThere || values != read.content) {
        if (const auto written = writeSession(m_file, toSessionJson(values)); !written)
            return written.error();
    }
    m_known = std::move(values);
    // While the list is held: nobody puts one of them back in between.
    const QString folder = QFileInfo(m_file).path();
    for (const auto& location : fallen)
        removePlaces(placeStem(folder, location));
    return fallen;
}

void SessionWriter::report(const QString& failure)
{
    if (!failure.isEmpty() && m_failure.isEmpty())
        emit failed(failure);
    m_failure = failure;
}

} // namespace eventloupe
