#include "time/marks.h"

#include "store/filetarget.h"
#include "store/openfiles.h"
#include "value/aside.h"

#include <QFile>

#include <utility>

namespace eventloupe {

namespace {
constexpr int lookMilliseconds = 1500;
constexpr int lastMilliseconds = 1000; ///< For a lock, where the log is closed.
} // namespace

Marks::Marks(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_look.setInterval(lookMilliseconds);
    connect(&m_look, &QTimer::timeout, this, &Marks::look);
}

Marks::~Marks()
{
    tryLast();
    m_pool.waitForDone();
}

/// `work` runs on the thread and gives what is to be done here with its result, unless another file
/// is open then.
void Marks::run(const std::function<std::function<void()>()>& work)
{
    runAside(m_pool, this, work, [this, generation = m_generation](const auto& done) {
        if (m_generation == generation)
            done();
    });
}

void Marks::open(const QString& file, const std::set<Position>& known)
{
    MarkMap marks;
    for (const Position position : known)
        marks.insert({ position, Mark { {}, Timestamp::now() } });
    openWith(file, marks);
}

void Marks::openWith(const QString& file, const MarkMap& known)
{
    close();
    m_file = file;
    m_unsaved = m_unsavedOf.take(file);
    m_known.clear();
    for (const auto& [position, mark] : known)
        m_known.insert(position);
    m_isLooking = true; // These are not the file's, which whoever is told now may ask.
    m_marks = known;
    for (const auto& [position, unsaved] : m_unsaved)
        applyChange({ position, unsaved.mark }, m_marks);
    emit changed();
    run([this, file] {
        return [this, read = readMarks(file)] { take(read, true); };
    });
    m_look.start();
}

void Marks::close()
{
    tryLast();
    ++m_generation;
    if (!m_unsaved.empty())
        m_unsavedOf.insert(m_file, m_unsaved);
    m_file.clear();
    m_look.stop();
    m_writing = 0;
    m_isLooking = false;
    m_isTold = false;
    m_unsaved.clear();
    if (m_marks.empty())
        return;
    m_marks.clear();
    emit changed();
}

MarkMap Marks::discard()
{
    MarkMap marks = m_marks;
    const QString file = m_file;
    close();
    m_unsavedOf.remove(file);
    if (!file.isEmpty())
        runOn(m_pool, [file] { QFile::remove(file); }); // Once all is written.
    return marks;
}

void Marks::take(const Result<std::optional<MarkMap>>& read, bool isFirst)
{
    m_isLooking = false;
    if (!read) {
        tell(read.error());
        return;
    }
    if (m_unsaved.empty())
        m_isTold = false;
    if (isFirst && !*read && !m_marks.empty()) {
        // Those that were made since are being written already.
        QList<MarkChange> changes;
        for (const Position position : std::exchange(m_known, {}))
            if (const auto known = m_marks.find(position); known != m_marks.end())
                changes.append({ position, known->second });
        if (!changes.isEmpty())
            change(changes);
        return;
    }
    // What is not written yet is newer.
    if (m_writing > 0 || (!*read && !isFirst && m_marks.empty()))
        return;
    show(read->value_or(MarkMap()));
}

/// What the file holds, and over it what could not be written there.
void Marks::show(MarkMap marks)
{
    for (const auto& [position, unsaved] : m_unsaved)
        applyChange({ position, unsaved.mark }, marks);
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    emit changed();
}

/// Tries again what could not be written, too. It does not wait for a lock: that would keep the
/// changes waiting that are made meanwhile, and the window when it closes.
void Marks::look()
{
    if (m_isLooking || m_writing > 0)
        return;
    m_isLooking = true;
    run([this, file = m_file, changes = unsaved(), until = m_changes] {
        const bool isSaved = !changes.isEmpty() && changeMarks(file, changes, 0).ok();
        return [this, file, changes, until, isSaved, read = readMarks(file)] {
            if (isSaved)
                noteWritten(file, changes, until, true);
            take(read, false);
        };
    });
}

void Marks::tell(const Error& error)
{
    if (!std::exchange(m_isTold, true))
        emit failed(error);
}

/// What could not be written.
QList<MarkChange> Marks::unsaved() const
{
    QList<MarkChange> changes;
    for (const auto& [position, unsaved] : m_unsaved)
        if (unsaved.hasFailed)
            changes.append({ position, unsaved.mark });
    return changes;
}

/// Of changes up to the one with the number `until`; the file may be closed by now.
void Marks::noteWritten(
    const QString& file, const QList<MarkChange>& changes, quint64 until, bool isWritten)
{
    const auto closed = m_unsavedOf.find(file);
    if (file != m_file && closed == m_unsavedOf.end())
        return;
    UnsavedMarks& marks = file == m_file ? m_unsaved : *closed;
    for (const MarkChange& change : changes) {
        const auto found = marks.find(change.position);
        if (found == marks.end() || found->second.change > until)
            continue;
        if (isWritten)
            marks.erase(found);
        else
            found->second.hasFailed = true;
    }
    if (file != m_file && marks.empty())
        m_unsavedOf.erase(closed);
}

/// What is on its way is being tried as it is.
void Marks::tryLast()
{
    const auto changes = unsaved();
    if (!isOpen() || changes.isEmpty())
        return;
    runAside(
        m_pool, this,
        [file = m_file, changes] { return changeMarks(file, changes, lastMilliseconds); },
        [this, file = m_file, changes, until = m_changes](const Result<MarkMap>& written) {
            noteWritten(file, changes, until, written.ok());
        });
}

void Marks::toggle(Position position)
{
    if (m_marks.contains(position))
        remove(position);
    else
        set(position, {});
}

void Marks::set(Position position, const QString& note)
{
    const auto known = m_marks.find(position);
    Mark mark { cutNote(note),
        known == m_marks.end() ? Timestamp::now() : known->second.made };
    if (known == m_marks.end() || known->second != mark)
        change({ { position, mark } });
}

void Marks::remove(Position position)
{
    if (m_marks.contains(position))
        change({ { position, std::nullopt } });
}

void Marks::change(const QList<MarkChange>& changes)
{
    if (!isOpen())
        return;
    const auto before = m_marks;
    const quint64 number = ++m_changes;
    for (const MarkChange& change : changes) {
        applyChange(change, m_marks);
        m_unsaved.insert_or_assign(change.position, Unsaved { change.mark, number });
    }
    ++m_writing;
    runAside(
        m_pool, this, [file = m_file, changes] { return changeMarks(file, changes); },
        [this, file = m_file, changes, number, generation = m_generation](
            const Result<MarkMap>& written) {
            noteWritten(file, changes, number, written.ok());
            if (m_generation != generation)
                return;
            --m_writing;
            if (!written)
                tell(written.error());
            else if (m_writing == 0)
                show(*written);
        });
    if (m_marks != before)
        emit changed();
}

void Marks::importFile(const QString& file)
{
    run([this, file] {
        const auto may = checkSource(file);
        return [this, read = may ? readMarks(file) : may.error(), file] {
            if (!read || !*read) {
                emit failed(read ? Error { ErrorCode::NotFound,
                                       tr("there is no file %1").arg(file) }
                                 : read.error());
                return;
            }
            QList<MarkChange> changes;
            for (const auto& [position, mark] : **read)
                changes.append({ position, mark });
            change(changes);
        };
    });
}

void Marks::exportFile(const QString& file)
{
    run([this, file, marks = m_marks] {
        const auto may = checkTarget(file);
        return [this, written = may ? writeMarks(file, marks) : may] {
            if (!written)
                emit failed(written.error());
        };
    });
}

} // namespace eventloupe
