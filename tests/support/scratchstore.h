#pragma once

#include "store/openstore.h"

#include <QTemporaryDir>

#include <memory>

namespace eventloupe {

/// A store in a folder that goes away with the test.
class ScratchStore {
public:
    ScratchStore()
    {
        auto opened = openStore(path(), OpenMode::Create);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        m_store = std::move(*opened);
    }

    EventStore& operator*() const { return *m_store; }
    EventStore* operator->() const { return m_store.get(); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("s.eventlog")); }

    /// The whole log.
    [[nodiscard]] QList<Event> events() const { return *m_store->readLog(1, 1'000'000); }

    /// What verify() finds, a line each.
    [[nodiscard]] QByteArray faults() const
    {
        QByteArray faults;
        const auto read = m_store->verify(
            CancelToken(), [](Position) {},
            [&](const StoreFault& fault) { faults += fault.message.toUtf8() + '\n'; });
        return read ? faults : read.error().message.toUtf8();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<EventStore> m_store;
};

} // namespace eventloupe
