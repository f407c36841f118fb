#include "value/aside.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTest>
#include <QThread>

#include <thread>
#include <vector>

using namespace eventloupe;

/// What threads hand to one another, and where and in which order it is done.
class TestHandOver : public QObject {
    Q_OBJECT

private slots:
    void callsAreMadeOnTheReceiversThreadInOrder()
    {
        CallReceiver receiver;
        std::vector<std::pair<int, int>> made;
        const auto post = [&](int sender) {
            for (int number = 0; number < 500; ++number)
                receiver.post([&made, sender, number, here = QThread::currentThread()] {
                    QVERIFY(QThread::currentThread() == QCoreApplication::instance()->thread());
                    QVERIFY(QThread::currentThread() != here);
                    made.emplace_back(sender, number);
                });
        };
        std::thread first(post, 0);
        std::thread second(post, 1);
        first.join();
        second.join();
        QCOMPARE(made.size(), 0U);
        QCoreApplication::sendPostedEvents(&receiver);
        QCOMPARE(made.size(), 1000U);
        int next[] = { 0, 0 };
        for (const auto& [sender, number] : made)
            QCOMPARE(number, next[sender]++);
    }

    void aCallWaitsForTheEventLoopOfItsOwnThreadToo()
    {
        CallReceiver receiver;
        bool isMade = false;
        receiver.post([&] { isMade = true; });
        QVERIFY(!isMade);
        QTRY_VERIFY(isMade);
    }

    void callsOfAReceiverThatIsGoneAreDropped()
    {
        bool isMade = false;
        auto owned = std::make_shared<int>(1);
        {
            CallReceiver receiver;
            receiver.post([&isMade, owned] { isMade = true; });
            QCOMPARE(owned.use_count(), 2L);
        }
        QCOMPARE(owned.use_count(), 1L);
        QCoreApplication::sendPostedEvents();
        QVERIFY(!isMade);
    }

    void otherEventsReachTheReceiver()
    {
        QPointer<CallReceiver> receiver(new CallReceiver);
        receiver->deleteLater();
        QCoreApplication::sendPostedEvents(receiver, QEvent::DeferredDelete);
        QVERIFY(!receiver);
    }

    void aResultComesBackToTheGuiThread()
    {
        QThread* worker = nullptr;
        QObject context;
        int result = 0;
        runAside(
            &context,
            [&worker] {
                worker = QThread::currentThread();
                return 7;
            },
            [&result](int given) {
                QVERIFY(QThread::currentThread() == QCoreApplication::instance()->thread());
                result = given;
            });
        QTRY_COMPARE(result, 7);
        QVERIFY(worker != nullptr && worker != QThread::currentThread());
    }

    void aResultIsDroppedWhereItsContextIsGone()
    {
        auto context = std::make_unique<QObject>();
        QThreadPool pool;
        bool isDone = false;
        runAside(
            pool, context.get(), [] { return 1; }, [&isDone](int) { isDone = true; });
        context.reset();
        pool.waitForDone();
        bool isPast = false;
        guiCalls().post([&isPast] { isPast = true; });
        QTRY_VERIFY(isPast);
        QVERIFY(!isDone);
    }
};

QTEST_GUILESS_MAIN(TestHandOver)
#include "tst_handover.moc"
