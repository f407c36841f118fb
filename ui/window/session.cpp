#include "ui/window/session.h"

#include "ui/window/fileclaim.h"

#include <QHash>
#include <QStandardPaths>

#include <mutex>
#include <utility>

namespace eventloupe {

namespace {

struct OpenPlace {
    /// No name and no claim where what it holds could not be read, and so is not written over.
    ClaimedFile file;
    SessionPlace place;
    bool isChanged = false;
    QString trouble;
};

/// Blocks on the disk.
OpenPlace openPlace(const QString& stem)
{
    OpenPlace open { claimFirst(stem), {}, false, {} };
    auto read = readPlace(open.file.file);
    open.trouble = read.trouble;
    open.place = std::move(read.content);
    if (read.isUnread)
        open.file = {};
    if (read.isThere || open.file.isFirst)
        return open;
    // A second window begins where the first one is. What was typed there is issued there.
    open.place = lookAtPlace(stem + QStringLiteral(".json"));
    open.place.draft.clear();
    open.place.others.clear();
    return open;
}

} // namespace

/// The places of this session's own, by their locations. Any thread.
struct Session::Places {
    /// `again`: also one that could not be read before.
    void prepare(const QString& location, bool again)
    {
        {
            const std::lock_guard lock(guard);
            if (isPrepared(location, again))
                return;
        }
        const auto opened = std::make_shared<OpenPlace>(openPlace(placeStem(folder, location)));
        const std::lock_guard lock(guard);
        if (!isPrepared(location, again))
            open.insert(location, opened);
    }

    /// The guard is held.
    [[nodiscard]] bool isPrepared(const QString& location, bool again) const
    {
        const auto known = open.value(location);
        return known && (!again || !known->file.file.isEmpty());
    }

    QString folder;
    std::mutex guard;
    QHash<QString, std::shared_ptr<OpenPlace>> open;
};

Session::Session()
    : m_places(std::make_shared<Places>())
{
    m_places->folder = folder();
    auto read = readValues(fileName());
    m_values = read.content;
    m_trouble = read.trouble;
    m_writer = std::make_unique<SessionWriter>(fileName(), std::move(read.content));
    connect(m_writer.get(), &SessionWriter::failed, this, &Session::failed);
    connect(m_writer.get(), &SessionWriter::fellOff, this, &Session::forget);
}

Session::~Session()
{
    save();
    m_writer.reset();
}

QString Session::folder()
{
    const auto folder = qEnvironmentVariable("EVENTLOUPE_CONFIG_DIR");
    return folder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/eventloupe")
        : folder;
}

QString Session::fileName()
{
    return folder() + QStringLiteral("/session.json");
}

QByteArray Session::bytes(const QString& key) const
{
    return m_values.bytes.value(key);
}

void Session::setBytes(const QString& key, const QByteArray& bytes)
{
    if (m_values.bytes.value(key) != bytes)
        change([key, bytes](SessionValues& values) { values.bytes.insert(key, bytes); });
}

QString Session::text(const QString& key) const
{
    return m_values.texts.value(key);
}

void Session::setText(const QString& key, const QString& text)
{
    if (m_values.texts.value(key) != text)
        change([key, text](SessionValues& values) { values.texts.insert(key, text); });
}

QStringList Session::recent() const
{
    return m_values.recent;
}

void Session::addRecent(const QString& location)
{
    // Also of the first one here: in the file others may stand before it by now. What falls off the
    // list there is not what falls off this one.
    change([location](SessionValues& values) {
        values.recent.removeAll(location);
        values.recent.prepend(location);
    });
    m_values.recent = m_values.recent.mid(0, recentCount);
}

void Session::forget(const QStringList& locations)
{
    const std::lock_guard lock(m_places->guard);
    for (const auto& location : locations) {
        const auto open = m_places->open.value(location);
        if (!open || location == m_values.recent.value(0))
            continue;
        open->place = {};
        open->isChanged = false;
        if (open->file.file.isEmpty())
            continue;
        m_writer->write(open->file.file, std::nullopt);
    }
}

Session::Preparation Session::preparation() const
{
    return [places = m_places](const QString& location) { places->prepare(location, true); };
}

Session::Place Session::place(const QString& location)
{
    m_places->prepare(location, false);
    const std::lock_guard lock(m_places->guard);
    auto& open = *m_places->open.value(location);
    if (const QString trouble = std::exchange(open.trouble, {}); !trouble.isEmpty())
        m_trouble = trouble;
    return open.place;
}

void Session::setPlace(const QString& location, const Place& place)
{
    m_places->prepare(location, false);
    const std::lock_guard lock(m_places->guard);
    auto& open = *m_places->open.value(location);
    if (open.place == place)
        return;
    open.place = place;
    open.isChanged = true;
}

QString Session::nameOfPlace(const QString& location)
{
    m_places->prepare(location, false);
    const std::lock_guard lock(m_places->guard);
    const QString file = m_places->open.value(location)->file.file;
    return file.isEmpty() ? location : file;
}

QString Session::takeTrouble()
{
    return std::exchange(m_trouble, {});
}

void Session::change(SessionWriter::Change change)
{
    change(m_values);
    m_changes.push_back(std::move(change));
}

void Session::save()
{
    if (!m_changes.empty())
        m_writer->change(std::exchange(m_changes, {}));
    const std::lock_guard lock(m_places->guard);
    for (const auto& open : std::as_const(m_places->open)) {
        if (std::exchange(open->isChanged, false) && !open->file.file.isEmpty())
            m_writer->write(open->file.file, open->place);
    }
    m_writer->retry();
}

void Session::flush()
{
    save();
    m_writer->flush();
}

} // namespace eventloupe
