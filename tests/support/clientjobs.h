#pragma once

#include "store/storeclient.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace eventloupe {

inline constexpr auto interactive = StoreClient::Lane::Interactive;
inline constexpr auto background = StoreClient::Lane::Background;

inline NewEvent makeEvent(const char* type)
{
    return { QString::fromUtf8(type), "{}", "{}", { 1 }, QString() };
}

inline Result<AppendOutcome> appendTo(EventStore& store, const QString& stream)
{
    return store.append({ stream, ExpectedVersion::any(), { makeEvent("E") } });
}

/// Stores in a folder of their own, and jobs on their clients' lanes: a test's base.
class ClientJobs {
protected:
    ClientJobs() = default;

    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_started.tryAcquire(m_started.available());
    }

    [[nodiscard]] QString path(const char* name = "a.eventlog") const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }

    void make(const char* name, int events) const
    {
        const auto store = openStore(path(name), OpenMode::Create);
        QVERIFY(store);
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        for (int i = 0; i < events; ++i)
            QVERIFY((*bulk)->add(QStringLiteral("s-%1").arg(i % 1000), makeEvent("E")));
        QVERIFY((*bulk)->commit({}));
    }

    void open(StoreClient& client, const char* name = "a.eventlog") const
    {
        QSignalSpy opened(&client, &StoreClient::opened);
        client.open(path(name), OpenMode::Create);
        QTRY_COMPARE(opened.size(), 1);
    }

    /// A job that runs until it is cancelled; m_started tells when it does.
    CancelToken occupy(StoreClient& client, StoreClient::Lane lane)
    {
        return client.run<int>(
            lane, &client,
            [this](EventStore&, const CancelToken& cancel) -> Result<int> {
                m_started.release();
                while (!cancel.isCancelled())
                    QThread::msleep(1);
                return 0;
            },
            [](const Result<int>&) {});
    }

    static void wait(StoreClient& client, StoreClient::Lane lane)
    {
        bool isDone = false;
        client.run<int>(
            lane, &client, [](EventStore&, const CancelToken&) -> Result<int> { return 0; },
            [&isDone](const Result<int>& done) { isDone = done.ok(); });
        QTRY_VERIFY(isDone);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QSemaphore m_started;
};

} // namespace eventloupe
