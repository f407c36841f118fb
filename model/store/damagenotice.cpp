#include "store/damagenotice.h"

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
    const std::scoped_lock lock(m_mutex);
    m_files.remove(keyOf(file));
}

} // namespace eventloupe
