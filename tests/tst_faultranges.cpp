#include "store/faultranges.h"

#include <QTest>

using namespace eventloupe;

/// Faults of events next to each other, told as one.
class tst_FaultRanges final : public QObject {
    Q_OBJECT

private:
    static QString told(const FaultRange& range)
    {
        return QStringLiteral("%1-%2 %3").arg(range.first).arg(range.last).arg(range.text());
    }
    static QStringList told(const QList<StoreFault>& faults)
    {
        QStringList lines;
        FaultRanges ranges([&lines](const FaultRange& range) { lines.append(told(range)); });
        for (const StoreFault& fault : faults)
            ranges.add(fault);
        ranges.finish();
        return lines;
    }
    static StoreFault lost(Position position)
    {
        return { position, QStringLiteral("Event %1 cannot be read.").arg(position) };
    }

private slots:
    void whatIsTheSameOfNeighboursIsOne()
    {
        QCOMPARE(told({ lost(3) }), QStringList({ QStringLiteral("3-3 Event 3 cannot be read.") }));
        QCOMPARE(told({ lost(3), lost(4) }),
            QStringList({ QStringLiteral(
                "3-4 Event 3 cannot be read. The same holds for event 4.") }));
        QCOMPARE(told({ lost(9), lost(10), lost(11), lost(13) }),
            QStringList({ QStringLiteral(
                              "9-11 Event 9 cannot be read. The same holds for events 10 to 11."),
                QStringLiteral("13-13 Event 13 cannot be read.") }));
    }

    void aFaultMayNameTheEventBefore()
    {
        const auto fault = [](Position position) -> StoreFault {
            return { position,
                QStringLiteral("Event %1 was changed, or event %2 was")
                    .arg(position)
                    .arg(position - 1) };
        };
        QCOMPARE(told({ fault(10), fault(11), fault(12) }),
            QStringList({ QStringLiteral("10-12 Event 10 was changed, or event 9 was The same "
                                         "holds for events 11 to 12.") }));
    }

    /// A number that says something else is not the event's position.
    void otherWordsAreAnotherFault()
    {
        const auto atByte = [](Position position, int byte) -> StoreFault {
            return { position, QStringLiteral("No JSON: byte %1: bad").arg(byte) };
        };
        QCOMPARE(told({ atByte(4, 7), atByte(5, 8) }).size(), 2);
        QCOMPARE(told({ atByte(4, 7), atByte(5, 7) }).size(), 1);
        const auto ofStream = [](Position position) -> StoreFault {
            return { position, QStringLiteral("Stream s-%1 is wrong").arg(position) };
        };
        QCOMPARE(told({ ofStream(4), ofStream(5) }).size(), 2);
        QCOMPARE(told({ lost(4), { 5, QStringLiteral("Event 4 cannot be read.") } }).size(), 2);
    }

    /// One event may have several faults, and each goes on by itself.
    void severalGoOnSideBySide()
    {
        const auto type = [](Position position) -> StoreFault {
            return { position, QStringLiteral("Event %1 has no type.").arg(position) };
        };
        QCOMPARE(told({ lost(1), type(1), lost(2), type(2), lost(3) }),
            QStringList({ QStringLiteral(
                              "1-3 Event 1 cannot be read. The same holds for events 2 to 3."),
                QStringLiteral("1-2 Event 1 has no type. The same holds for event 2.") }));
        QCOMPARE(told({ lost(1), lost(2), type(2), lost(3), type(9), lost(4) }).size(), 4);
    }

    void whatConcernsTheStoreEndsThem()
    {
        const StoreFault store { 0, QStringLiteral("The file is damaged.") };
        const StoreFault other { 0, QStringLiteral("The file is damaged.") };
        QCOMPARE(told({ lost(1), store, other, lost(2) }),
            QStringList({ QStringLiteral("1-1 Event 1 cannot be read."),
                QStringLiteral("0-0 The file is damaged."),
                QStringLiteral("0-0 The file is damaged."),
                QStringLiteral("2-2 Event 2 cannot be read.") }));
    }

    /// A second look at the log begins at its first event again.
    void whatGoesBackBeginsAnew()
    {
        QCOMPARE(told({ lost(7), lost(8), lost(1), lost(2) }).size(), 2);
        QCOMPARE(told({ lost(7), lost(7) }).size(), 2);
    }

    /// Whatever is wrong: one that goes on for ever keeps no others waiting without bound.
    void littleWaits()
    {
        qint64 lines = 0;
        qint64 faults = 0;
        FaultRanges ranges([&](const FaultRange& range) {
            ++lines;
            faults += range.count();
        });
        constexpr Position last = 10'000;
        for (Position position = 1; position <= last; ++position) {
            ranges.add(lost(position));
            ranges.add({ position, QStringLiteral("odd x%1").arg(position) });
            QVERIFY(lines > position - 300);
        }
        ranges.finish();
        QCOMPARE(faults, 2 * last);
    }

    void notesGoOn()
    {
        using Kind = RepairNote::Kind;
        const auto reason = [](Position position) {
            return QStringLiteral("Event %1 has an unknown stream.").arg(position);
        };
        RepairNote before { Kind::LeftOut, 4, 4, {}, 0, 0, reason(4) };
        RepairNote note { Kind::LeftOut, 5, 5, {}, 0, 0, reason(5) };
        QVERIFY(continues(before, note));
        before.last = 5;
        QCOMPARE(reasonOf(before), reason(4) + QStringLiteral(" The same holds for event 5."));
        QCOMPARE(reasonOf(note), reason(5));
        QVERIFY(!continues(before, note));
        note.position = note.last = 6;
        note.reason = reason(5);
        QVERIFY(!continues(before, note));
        note.reason = reason(6);
        QVERIFY(continues(before, note));
        note.kind = Kind::Unproven;
        QVERIFY(!continues(before, note));
        // A range from the first.
        QCOMPARE(reasonOf({ Kind::LeftOut, 4, 9, {}, 0, 0, QStringLiteral("it is not there") }),
            QStringLiteral("it is not there"));
        const RepairNote moved { Kind::Renumbered, 4, 4, {}, 1, 1, {} };
        const RepairNote next { Kind::Renumbered, 5, 5, {}, 2, 1, {} };
        QVERIFY(!continues(moved, next));
    }
};

QTEST_GUILESS_MAIN(tst_FaultRanges)
#include "tst_faultranges.moc"
