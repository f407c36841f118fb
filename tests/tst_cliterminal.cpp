#include "support/program.h"

#include <QTest>

// What a log's names and values may not do to a terminal.

using namespace eventloupe;

namespace {

/// What would steer it: escape, bell, a C1 control, a turn of the writing direction.
bool steers(const QByteArray& bytes)
{
    for (const char* each : { "\x1b", "\x07", "\xc2\x9b", "\xe2\x80\xae" })
        if (bytes.contains(each))
            return true;
    return false;
}

} // namespace

class TestCliTerminal : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->write(u"log.ndjson"_qs,
            json("{'stream':'evil-\\u001b[31mred\\u001b]0;T\\u0007\\u009b\\u202e','type':'T\\u001b[32m',"
                 "'data':{'a\\u009b':'\\u202e'}}\n"
                 "{'stream':'evil-\\u001b[31mred\\u001b]0;T\\u0007\\u009b\\u202e','type':'T\\u001b[32m',"
                 "'data':{'a\\u009b':'\\u009b'}}\n"));
        QCOMPARE(m_program->run(u"import s.eventlog log.ndjson"_qs).code, 0);
    }

    void namesAndValuesAreShownAsSigns_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("sign");
        const QString stream = QString::fromUtf8("evil-\x1b[31mred\x1b]0;T\x07\xc2\x9b\xe2\x80\xae");
        const QStringList diff { u"diff"_qs, u"s.eventlog"_qs, stream };
        QTest::newRow("diff") << diff << QByteArray("⟨U+009B⟩");
        QTest::newRow("diff of equals")
            << diff + QStringList { u"--from"_qs, u"v1"_qs, u"--to"_qs, u"v1"_qs }
            << QByteArray("⟨ESC⟩[31m");
        QTest::newRow("markdown")
            << diff + QStringList { u"--format"_qs, u"markdown"_qs } << QByteArray("⟨ESC⟩");
        QTest::newRow("watch") << QStringList { u"watch"_qs, u"s.eventlog"_qs, u"state.x > 1"_qs }
                               << QByteArray("⟨BEL⟩");
        QTest::newRow("a stream that is not there")
            << QStringList { u"diff"_qs, u"s.eventlog"_qs, stream + u'x' } << QByteArray("⟨U+202E⟩");
        QTest::newRow("a file that is not there") << QStringList { u"log"_qs, u"\x1b[31m"_qs } << QByteArray("⟨ESC⟩");
    }

    void namesAndValuesAreShownAsSigns()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, sign);
        const auto ran = m_program->run(words);
        const QByteArray said = ran.out + ran.err;
        QVERIFY2(!steers(said), said);
        QVERIFY2(said.contains(sign), said);
    }

    /// Also in what is for programs, where a terminal shows it: as JSON the same values.
    void aTerminalIsNotSteered_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("log") << u"log s.eventlog"_qs;
        QTest::newRow("CSV") << u"export s.eventlog --format csv"_qs;
        QTest::newRow("streams") << u"streams s.eventlog"_qs;
    }
    void aTerminalIsNotSteered()
    {
        QFETCH(QString, words);
        const auto shown = m_program->shell(u"script -qec \"$E %1 2>/dev/null\" /dev/null"_qs.arg(words));
        QVERIFY2(shown.code == 0, shown.err);
        QVERIFY2(!steers(shown.out), shown.out);
        QVERIFY2(shown.out.contains("\\u009b") && shown.out.contains("\\u202e"), shown.out);
    }

    /// Lines for programs are the true texts; JSON escapes what is below a blank by itself.
    void whatIsForProgramsStaysTrue()
    {
        const auto ran = m_program->run(u"log s.eventlog --limit 1"_qs);
        QVERIFY2(ran.out.contains("\xe2\x80\xae"), ran.out);
        QVERIFY2(ran.out.contains("\\u001b[31m"), ran.out);
    }
};

QTEST_GUILESS_MAIN(TestCliTerminal)
#include "tst_cliterminal.moc"
