#include "exchange/importer.h"
#include "support/scratchstore.h"
#include "support/textfile.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

/// What is said of a file that gives no events as it is.
class ImportAdviceTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    Result<ImportSummary> import(const ScratchStore& store, const QString& name,
        const QByteArray& content, std::string_view map = {}) const
    {
        ImportRequest request;
        request.file = m_files.write(name, content);
        if (!map.empty())
            request.mapping = *Mapping::fromJson(*parseJson(map));
        return importFile(*store, request, Progress(), CancelToken());
    }

private slots:
    void saysWhatIsMissingInShort()
    {
        const ScratchStore store;
        QByteArray wide = "{\"deep\":{\"x\":1}";
        for (int i = 0; i < 300; ++i)
            wide += ",\"m" + QByteArray::number(i) + "\":" + QByteArray::number(i);
        const QString message = import(store, u"wide.ndjson"_qs, wide + "}\n").error().message;
        QVERIFY2(message.contains(u"Its members are: m0, m1, "_qs), qPrintable(message));
        QVERIFY2(message.contains(u"m9 and 292 more. Name what does"_qs), qPrintable(message));
        QVERIFY(message.size() < 400);
        const QString nothing
            = import(store, u"none.ndjson"_qs, "{\"deep\":{\"x\":{}}}\n").error().message;
        QVERIFY2(
            nothing.endsWith(u"are: deep, /deep/x. Name what does in a mapping (--map FILE)"_qs),
            qPrintable(nothing));
    }

    /// The example keeps the place of the records, and takes no member for two fields.
    void theExampleCanBeUsed()
    {
        const ScratchStore store;
        const QByteArray document
            = "{\"rows\":[{\"type\":\"A\",\"who\":\"x\"},{\"type\":\"A\",\"who\":\"y\"}]}";
        const auto missing = import(store, u"a.json"_qs, document, "{\"records\":\"/rows\"}");
        const QString message = missing.error().message;
        const qsizetype begin = message.indexOf(u'{');
        QVERIFY2(begin > 0, qPrintable(message));
        const QByteArray example = message.mid(begin).toUtf8();
        QCOMPARE(example, QByteArray("{\"stream\":\"who\",\"records\":\"/rows\"}"));
        QVERIFY(import(store, u"a.json"_qs, document, example.toStdString()).ok());
        QCOMPARE(store.events().first().stream, u"x"_qs);
    }

    /// A document of objects by their keys, as OCEL's: the message names the place, which imports.
    void namesThePlaceOfEventsByKeys()
    {
        const ScratchStore store;
        QByteArray document = "{\"objects\":{\"o1\":{\"t\":\"a\"}},\"my:events\":{";
        for (int i = 1; i < 4; ++i)
            document += (i > 1 ? "," : "") + QByteArray("\"e") + QByteArray::number(i)
                + "\":{\"activity\":\"A\",\"on\":[\"o1\"]}";
        document += "}}";
        const QString message = import(store, u"log.json"_qs, document).error().message;
        QVERIFY2(message.contains(u"may be in: /my:events, /objects. "_qs), qPrintable(message));
        QVERIFY2(
            message.endsWith(u"for example {\"records\":\"/my:events\"}"_qs), qPrintable(message));
        const auto imported = import(
            store, u"log.json"_qs, document, "{\"records\":\"/my:events\",\"stream\":\"/on/0\"}");
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().message));
        QCOMPARE(store.events().size(), 3);
        QCOMPARE(store.events().last().id, u"e3"_qs);
        QCOMPARE(store.events().last().stream, u"o1"_qs);
    }
};

QTEST_GUILESS_MAIN(ImportAdviceTest)
#include "tst_importadvice.moc"
