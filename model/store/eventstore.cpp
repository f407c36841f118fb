#include "store/eventstore.h"

#include <QCoreApplication>
#include <QThread>

namespace eventloupe {

bool ExpectedVersion::admits(StreamVersion actual) const
{
    switch (m_kind) {
    case Kind::Any:
        return true;
    case Kind::NoStream:
        return actual == 0;
    case Kind::StreamExists:
        return actual > 0;
    case Kind::Exactly:
        return actual == m_version;
    }
    return false;
}

QString ExpectedVersion::toText() const
{
    switch (m_kind) {
    case Kind::Any:
        return QCoreApplication::translate("EventStore", "any version");
    case Kind::StreamExists:
        return QCoreApplication::translate("EventStore", "that it exists");
    case Kind::Exactly:
        if (m_version > 0)
            return QCoreApplication::translate("EventStore", "version %1").arg(m_version);
        break;
    case Kind::NoStream:
        break;
    }
    return QCoreApplication::translate("EventStore", "no stream");
}

QString VersionConflict::toText() const
{
    const QString found = actual > 0
        ? QCoreApplication::translate("EventStore", "version %1").arg(actual)
        : QCoreApplication::translate("EventStore", "no stream");
    return QCoreApplication::translate("EventStore", "Stream %1: expected %2, found %3.")
        .arg(stream, expected.toText(), found);
}

Result<std::optional<EventHash>> EventStore::hashAt(Position position)
{
    Q_UNUSED(position);
    return std::optional<EventHash>();
}

bool waitUntilCounted(const EventStore& store, const CancelToken& cancel)
{
    while (store.counting().isUnderWay) {
        if (cancel.isCancelled())
            return false;
        QThread::msleep(5);
    }
    return true;
}

} // namespace eventloupe
