#include "store/damagenotice.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace eventloupe {

namespace {

QString keyOf(const QString& file)
{
    return QFileInfo(file).absoluteFilePath();
}

} // namespace

DamageNotice& DamageNotice::instance()
{
    // Never destroyed: threads may read until the process ends.
    static auto* const notice = new DamageNotice;
    return *notice;
}

void DamageNotice::note(const QString& file)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_files.size();
        m_files.insert(keyOf(file));
        if (m_files.size() == known)
            return;
    }
    emit found(file);
}

bool DamageNotice::isKnown(const QString& file) const
{
    const std::scoped_lock lock(m_mutex);
    return m_files.contains(keyOf(file));
}

void DamageNotice::forget(const QString& file)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_files.remove(keyOf(file)))
            return;
    }
    emit forgotten(file);
}

QString damageRefusal(const QString& file)
{
    if (!DamageNotice::instance().isKnown(file))
        return {};
    return QCoreApplication::translate("SqliteStore",
        "The file is damaged, and takes no new events: verify it (File > Verify…) and repair it to "
        "a new file (Repair To… there), or restore it from a copy.");
}

} // namespace eventloupe
