#include "exchange/exporter.h"
#include "support/awkwardjson.h"
#include "support/scratchstore.h"
#include "support/textfile.h"
#include "value/json.h"
#include "value/jsonscan.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QTest>

using namespace eventloupe;

Q_DECLARE_METATYPE(ExchangeFormat)

/// Import, export, import: the bytes of every payload are the same. The cases are the well-formed
/// ones of ../shared/suites and generated ones; tests/roundtrip.sh does it with a million events.
class RoundTripTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    /// Every file of the suites that is JSON, as it stands there but for space around it.
    static QByteArrayList suitePayloads()
    {
        QByteArrayList payloads;
        QStringList paths;
        for (const char* suite : { "JSONTestSuite", "cloudevents-spec/examples",
                 "json-canonicalization", "json-merge-patch", "json-patch-tests",
                 "JSON-Schema-Test-Suite/tests/draft2020-12" }) {
            QDirIterator each(QStringLiteral(EVENTLOUPE_SHARED "/suites/") + QLatin1String(suite),
                { QStringLiteral("*.json") }, QDir::Files, QDirIterator::Subdirectories);
            while (each.hasNext())
                paths.append(each.next());
        }
        paths.sort();
        for (const QString& path : paths) {
            const QByteArray text = TextFiles::read(path);
            // The array that they are imported in is a level too, and the event one.
            const QByteArray nested = "[[" + text + "]]";
            if (!findJsonFault(viewOf(text)) && !findJsonFault(viewOf(nested)))
                payloads.append(toBytes(trimmedJson(viewOf(text))));
        }
        return payloads;
    }

    static QByteArrayList generatedPayloads()
    {
        QByteArrayList payloads;
        QRandomGenerator random(11);
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray text = randomPayload(random);
            payloads.append(toBytes(trimmedJson(viewOf(text))));
        }
        return payloads;
    }

    QString documentOf(const QByteArrayList& payloads) const
    {
        QByteArray document = "[";
        for (const QByteArray& payload : payloads) {
            document += document.size() > 1 ? ",\n" : "";
            document += R"({"stream":"a-1","type":"T","data":)" + payload + R"(,"metadata":)"
                + payload + '}';
        }
        return m_files.write(QStringLiteral("in.json"), document + ']');
    }

    static QString importInto(const ScratchStore& store, const QString& path)
    {
        ImportRequest request;
        request.file = path;
        const auto summary = importFile(*store, request, Progress(), CancelToken());
        return summary ? QString() : summary.error().message;
    }

    void goRound(const QByteArrayList& payloads, ExchangeFormat format) const
    {
        const ScratchStore first;
        QCOMPARE(importInto(first, documentOf(payloads)), QString());
        ExportRequest request;
        request.file = m_files.path(QStringLiteral("out.") + exchangeFormatName(format));
        request.format = format;
        QVERIFY(exportEvents(*first, request, Progress(), CancelToken()).ok());
        const ScratchStore second;
        QCOMPARE(importInto(second, request.file), QString());
        const QList<Event> before = first.events();
        const QList<Event> after = second.events();
        QCOMPARE(before.size(), payloads.size());
        QCOMPARE(after.size(), payloads.size());
        for (qsizetype i = 0; i < before.size(); ++i) {
            QCOMPARE(before[i].data, payloads[i]);
            QCOMPARE(before[i].metadata, payloads[i]);
            // A line cannot hold a line feed, which in JSON is space.
            QByteArray expected = payloads[i];
            if (format == ExchangeFormat::Ndjson)
                expected.replace('\n', ' ');
            QCOMPARE(after[i].data, expected);
            QCOMPARE(after[i].metadata, expected);
            QCOMPARE(after[i].id, before[i].id);
            QCOMPARE(after[i].time, before[i].time);
        }
    }

private slots:
    void keepsTheBytes_data()
    {
        QTest::addColumn<ExchangeFormat>("format");
        for (const auto format :
            { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv })
            QTest::newRow(qPrintable(exchangeFormatName(format))) << format;
    }

    void keepsTheBytes()
    {
        QFETCH(ExchangeFormat, format);
        goRound(generatedPayloads(), format);
    }

    void keepsTheBytesOfTheSuites_data() { keepsTheBytes_data(); }
    void keepsTheBytesOfTheSuites()
    {
        QFETCH(ExchangeFormat, format);
        const QByteArrayList payloads = suitePayloads();
        if (payloads.isEmpty())
            QSKIP("the shared suites are absent");
        QVERIFY2(payloads.size() > 150, QByteArray::number(payloads.size()).constData());
        goRound(payloads, format);
    }
};

QTEST_GUILESS_MAIN(RoundTripTest)
#include "tst_roundtrip.moc"
