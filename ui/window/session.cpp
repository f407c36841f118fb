#include "ui/window/session.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace eventloupe {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// Makes the file for its owner alone before anything is in it; QSettings would take 0644, and
/// keeps the mode of a file that is there.
QString prepared(const QString& fileName)
{
    QDir().mkpath(QFileInfo(fileName).path());
    QFile file(fileName);
    if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.close();
    file.setPermissions(ownerOnly);
    return fileName;
}

QString joined(const std::set<Position>& marks)
{
    QStringList words;
    for (const auto mark : marks)
        words.append(QString::number(mark));
    return words.join(u' ');
}

std::set<Position> split(const QString& words)
{
    std::set<Position> marks;
    for (const auto& word : words.split(u' ', Qt::SkipEmptyParts)) {
        bool ok = false;
        const auto mark = word.toLongLong(&ok);
        if (ok && mark > 0)
            marks.insert(mark);
    }
    return marks;
}

} // namespace

Session::Session()
    : m_settings(prepared(fileName()), QSettings::IniFormat)
{
}

Session::~Session()
{
    save();
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
    return folder() + QStringLiteral("/session.ini");
}

QByteArray Session::bytes(const QString& key) const
{
    return m_settings.value(key).toByteArray();
}

void Session::setBytes(const QString& key, const QByteArray& bytes)
{
    set(key, bytes);
}

QString Session::text(const QString& key) const
{
    return m_settings.value(key).toString();
}

void Session::setText(const QString& key, const QString& text)
{
    set(key, text);
}

QStringList Session::recent() const
{
    return m_settings.value(QStringLiteral("recent")).toStringList();
}

void Session::addRecent(const QString& location)
{
    auto list = recent();
    list.removeAll(location);
    list.prepend(location);
    while (list.size() > recentCount) {
        m_settings.remove(groupOf(list.takeLast()));
        m_isChanged = true;
    }
    set(QStringLiteral("recent"), list);
}

void Session::removeRecent(const QString& location)
{
    auto list = recent();
    list.removeAll(location);
    set(QStringLiteral("recent"), list);
    m_settings.remove(groupOf(location));
    m_isChanged = true;
}

QString Session::groupOf(const QString& location)
{
    const auto hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("places/") + QString::fromLatin1(hash.toHex().left(16));
}

Session::Place Session::place(const QString& location) const
{
    const auto value = [this, group = groupOf(location)](const char* key) {
        return m_settings.value(group + u'/' + QLatin1String(key));
    };
    Place place;
    place.position = value("position").toLongLong();
    place.live = value("live").isNull() || value("live").toBool();
    place.filter = value("filter").toString();
    place.pinned = value("pinned").toString();
    place.marks = split(value("marks").toString());
    place.draft = value("draft").toByteArray();
    return place;
}

void Session::setPlace(const QString& location, const Place& place)
{
    const auto keep = [this, group = groupOf(location)](const char* key, const QVariant& value) {
        set(group + u'/' + QLatin1String(key), value);
    };
    keep("position", QString::number(place.position));
    keep("live", place.live ? QStringLiteral("true") : QStringLiteral("false"));
    keep("filter", place.filter);
    keep("pinned", place.pinned);
    keep("marks", joined(place.marks));
    keep("draft", place.draft);
}

// QSettings writes its file anew for any setValue(). Values are texts or bytes, which compare equal
// to what is read from the file.
void Session::set(const QString& key, const QVariant& value)
{
    if (m_settings.value(key) == value)
        return;
    m_settings.setValue(key, value);
    m_isChanged = true;
}

void Session::save()
{
    if (!m_isChanged)
        return;
    m_isChanged = false;
    m_settings.sync();
    QFile::setPermissions(m_settings.fileName(), ownerOnly);
}

} // namespace eventloupe
