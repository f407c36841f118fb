#include "support/windowtour.h"

#include "support/samplestore.h"

#include <QTest>

using namespace eventloupe;

namespace {

constexpr qsizetype megabyte = 1024 * 1024;

QList<SampleEvent> few(int count)
{
    QList<SampleEvent> events;
    for (int n = 1; n <= count; ++n)
        events.append({ QStringLiteral("user-%1").arg(n % 5), QStringLiteral("CHANGED"),
            "{\"name\":\"n" + QByteArray::number(n) + "\",\"n\":" + QByteArray::number(n) + "}" });
    return events;
}

QByteArray longText()
{
    return "{\"title\":\"long\",\"text\":\"" + QByteArray("lorem ipsum ").repeated(100 * megabyte / 12)
        + "\",\"after\":1}";
}

QByteArray manyMembers()
{
    QByteArray data = "{\"title\":\"many\"";
    // A fold of 3 million members takes seconds on a worker, each time: for the long form.
    const int members = qEnvironmentVariableIsSet("EVENTLOUPE_LONG") ? 3'000'000 : 200'000;
    for (int n = 0; n < members; ++n)
        data += ",\"member" + QByteArray::number(n) + "\":\"value " + QByteArray::number(n) + '"';
    return data + '}';
}

QByteArray longKey()
{
    return "{\"title\":\"key\",\"" + QByteArray(50 * megabyte, 'k') + "\":1}";
}

} // namespace

/// Events of 100 MB in the whole window, which goes on as if they were short. With EVENTLOUPE_LONG
/// set, one of 3 million members as well.
class tst_LongEvents final : public QObject {
    Q_OBJECT

private:
    static void walk(const QList<QByteArray>& payloads)
    {
        SampleStore sample(few(30));
        for (const QByteArray& payload : payloads)
            sample.append({ { QStringLiteral("doc-1"), QStringLiteral("DOC_STORED"), payload } });
        sample.append({ { QStringLiteral("doc-1"), QStringLiteral("TOUCHED"), "{\"n\":2}" } });
        sample.append(few(30));
        const auto first = Position { 31 };
        WindowTour tour(60'000);
        tour.open(sample.location());
        tour.move();
        tour.showDetail(first);
        tour.showDetail(first + 1);
        tour.search(QStringLiteral("type == \"DOC_STORED\""), QStringLiteral("doc-1"));
        tour.showDetail(first);
        tour.showPanels();
        tour.watch(QStringLiteral("state.title == \"long\""));
        tour.follow([&] { sample.append(few(2)); });
        tour.branch(first);
        tour.showDialogs();
        tour.closeStore();
        qInfo("%s", qPrintable(tour.figures()));
        // A message of a check is cut.
        if (const QString faults = tour.faults(); !faults.isEmpty())
            qWarning("%s", qPrintable(faults));
        QVERIFY(tour.faults().isEmpty());
    }

private slots:
    void oneLongText() { walk({ longText() }); }
    void manySmallMembers() { walk({ manyMembers() }); }
    void oneLongKey() { walk({ longKey() }); }
    void twentyInAPage()
    {
        QList<QByteArray> payloads;
        for (int n = 0; n < 20; ++n)
            payloads.append("{\"title\":\"t\",\"text\":\""
                + QByteArray::number(n).repeated(10 * megabyte / 2) + "\"}");
        walk(payloads);
    }
};

QTEST_MAIN(tst_LongEvents)
#include "tst_longevents.moc"
