#include "time/marks.h"

#include "value/aside.h"

#include <QFile>

#include <utility>

namespace eventloupe {

namespace {
constexpr int lookMilliseconds = 1500;
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
    for (const auto& [position, mark] : m_unsaved)
        applyChange({ position, mark }, m_marks);
    emit changed();
    run([this, file] {
        return [this, read = readMarks(file)] { take(read, true); };
    });
    m_look.start();
}

void Marks::close()
{
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
    for (const auto& [position, mark] : m_unsaved)
        applyChange({ position, mark }, marks);
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
    QList<MarkChange> unsaved;
    for (const auto& [position, mark] : m_unsaved)
        unsaved.append({ position, mark });
    run([this, file = m_file, unsaved] {
        const bool isSaved = !unsaved.isEmpty() && changeMarks(file, unsaved, 0).ok();
        return [this, unsaved, isSaved, read = readMarks(file)] {
            if (isSaved)
                noteWritten(unsaved, true);
            take(read, false);
        };
    });
}

void Marks::tell(const Error& error)
{
    if (!std::exchange(m_isTold, true))
        emit failed(error);
}

void Marks::noteWritten(const QList<MarkChange>& changes, bool isWritten)
{
    for (const MarkChange& change : changes) {
        if (isWritten)
            m_unsaved.erase(change.position);
        else
            m_unsaved.insert_or_assign(change.position, change.mark);
    }
}

/// Of a file that was closed before it was known that they cannot be written.
void Marks::keepUnsaved(const QString& file, const QList<MarkChange>& changes)
{
    if (file != m_file) {
        for (const MarkChange& change : changes)
            m_unsavedOf[file].insert_or_assign(change.position, change.mark);
        return;
    }
    // It is open again. What was changed since is newer.
    for (const MarkChange& change : changes) {
        if (m_unsaved.try_emplace(change.position, change.mark).second)
            applyChange(change, m_marks);
    }
    emit changed();
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
    for (const MarkChange& change : changes)
        applyChange(change, m_marks);
    ++m_writing;
    runAside(
        m_pool, this, [file = m_file, changes] { return changeMarks(file, changes); },
        [this, file = m_file, changes, generation = m_generation](const Result<MarkMap>& written) {
            if (m_generation != generation) {
                if (!written)
                    keepUnsaved(file, changes);
                return;
            }
            --m_writing;
            noteWritten(changes, written.ok());
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
        return [this, read = readMarks(file), file] {
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
        return [this, written = writeMarks(file, marks)] {
            if (!written)
                emit failed(written.error());
        };
    });
}

} // namespace eventloupe
