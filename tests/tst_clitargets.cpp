#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

// Files that a person names and that are a store's, or only seem to be somewhere.

using namespace eventloupe;

class TestCliTargets : public QObject {
    Q_OBJECT

private:
    Program m_program;

    ProgramRun run(const QString& words) { return m_program.run(words); }

private slots:
    void writesNothingBesideAnotherStore()
    {
        m_program.makeStore(10);
        QVERIFY(QFile::copy(m_program.path(u"s.eventlog"_qs), m_program.path(u"b.eventlog"_qs)));
        m_program.write(u"e.ndjson"_qs, json("{'stream':'a-1','type':'T','data':{}}\n"));
        for (const char* suffix : { "-wal", "-shm", "-journal", ".head" }) {
            const QString file = u"b.eventlog"_qs + QString::fromLatin1(suffix);
            for (const QString& words : { u"export s.eventlog -o %1"_qs, u"export b.eventlog -o %1"_qs,
                     u"report s.eventlog -o %1"_qs, u"report b.eventlog -o %1"_qs,
                     u"reference -o %1"_qs, u"copy s.eventlog %1"_qs, u"import %1 e.ndjson"_qs,
                     u"verify s.eventlog --repair-to %1"_qs }) {
                const auto done = run(words.arg(file));
                QVERIFY2(done.code == 1, (words.arg(file).toUtf8() + done.out + done.err));
                QVERIFY2(done.err.contains("b.eventlog"), done.err);
                QVERIFY2(!QFileInfo::exists(m_program.path(file)), qPrintable(words.arg(file)));
            }
        }
        QCOMPARE(run(u"log b.eventlog"_qs).lines().size(), 10);
        QCOMPARE(run(u"export s.eventlog -o out.ndjson"_qs).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestCliTargets)
#include "tst_clitargets.moc"
