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
            for (const QString& words : { u"export s.eventlog -o %1"_qs,
                     u"export b.eventlog -o %1"_qs, u"report s.eventlog -o %1"_qs,
                     u"report b.eventlog -o %1"_qs,
                     u"reference -o %1"_qs, u"copy s.eventlog %1"_qs, u"import %1 e.ndjson"_qs,
                     u"verify s.eventlog --repair-to %1"_qs }) {
                const auto done = run(words.arg(file));
                QVERIFY2(done.code == 1, (words.arg(file).toUtf8() + done.out + done.err));
                QVERIFY2(done.err.contains("b.eventlog"), done.err);
                QVERIFY2(!QFileInfo::exists(m_program.path(file)), qPrintable(words.arg(file)));
            }
        }
        QCOMPARE(run(u"log b.eventlog"_qs).lines().size(), 10);
        QCOMPARE(m_program.read(u"b.eventlog"_qs), m_program.read(u"s.eventlog"_qs));
        QCOMPARE(run(u"export s.eventlog -o out.ndjson"_qs).code, 0);
    }

    /// ".." is above where a link leads to, as for every other program.
    void followsLinksBeforeItGoesUp()
    {
        QVERIFY(QDir(m_program.path(u"."_qs)).mkpath(u"up/below"_qs));
        QVERIFY(QFile::link(m_program.path(u"up/below"_qs), m_program.path(u"lnk"_qs)));
        m_program.write(u"up/workspace.json"_qs,
            json("{'store':'up.eventlog','masks':[{'pointers':['/n']}]}"));
        m_program.write(u"n.ndjson"_qs, json("{'stream':'a-1','type':'T','data':{'n':123}}\n"));
        for (const char* words : { "import lnk/../up.eventlog n.ndjson", "log lnk/../up.eventlog",
                 "state lnk/../up.eventlog a-1", "log lnk/..", "copy up lnk/../copy.eventlog",
                 "export up -o lnk/../out.ndjson", "reference -o lnk/../page.md",
                 "init lnk/../ws --template users", "check lnk/../ws",
                 "describe up/copy.eventlog lnk/../made" }) {
            const auto done = run(QString::fromUtf8(words));
            QVERIFY2(done.code == 0, (QByteArray(words) + done.out + done.err));
            QVERIFY2(!done.out.contains("123"), words); // The workspace there masks it.
        }
        for (const char* name : { "up.eventlog", "copy.eventlog", "out.ndjson", "page.md", "ws",
                 "made" }) {
            const QString file = QString::fromUtf8(name);
            QVERIFY2(QFileInfo::exists(m_program.path(u"up/"_qs + file)), name);
            QVERIFY2(name == QByteArray("out.ndjson")
                    || !QFileInfo::exists(m_program.path(file)), name);
        }
    }

    /// Two such names would be one.
    void refusesNamesThatAreNotUtf8()
    {
        m_program.makeStore(3);
        m_program.write(u"e.ndjson"_qs, json("{'stream':'a-1','type':'T','data':{}}\n"));
        const auto made = m_program.shell(u"mkdir odd && cp s.eventlog odd/$'n\\xff.eventlog' && "
                                          "cp e.ndjson odd/$'n\\xff.ndjson' && ls odd | wc -l"_qs);
        QVERIFY2(made.code == 0, made.err.constData());
        for (const char* line : { "$E log odd/$'n\\xff.eventlog'",
                 "$E import odd/$'m\\xfe.eventlog' e.ndjson",
                 "$E import s.eventlog odd/$'n\\xff.ndjson'",
                 "$E copy s.eventlog odd/$'m\\xfe.eventlog'",
                 "$E export s.eventlog -o odd/$'o\\xfe.ndjson'", "$E init odd/$'w\\xfe'" }) {
            const auto done = m_program.shell(QString::fromUtf8(line));
            QVERIFY2(done.code == 1, (QByteArray(line) + done.out + done.err));
            QVERIFY2(done.err.contains("not UTF-8"), (QByteArray(line) + done.err));
        }
        QCOMPARE(m_program.shell(u"ls odd | wc -l"_qs).out.trimmed(), QByteArray("2"));
        // A name that has this character itself is one as any other.
        const QString own = u"own\ufffd.eventlog"_qs;
        QVERIFY(QFile::copy(m_program.path(u"s.eventlog"_qs), m_program.path(own)));
        QCOMPARE(m_program.run({ u"log"_qs, own }).out, run(u"log s.eventlog"_qs).out);
    }

    /// One that made the store for bad events takes it away from under the others.
    void importsBesideRivalsThatFail()
    {
        QByteArray good;
        for (int i = 0; i < 200; ++i)
            good += json("{'stream':'a-1','type':'T','data':{}}\n");
        m_program.write(u"good.ndjson"_qs, good);
        m_program.write(u"bad.ndjson"_qs, good + "{");
        const auto done = m_program.shell(
            u"for i in $(seq 30); do for k in 1 2 3; do $E import r$i.eventlog bad.ndjson "
            ">/dev/null 2>&1 & done; $E import r$i.eventlog good.ndjson; wait; done"_qs);
        QVERIFY2(done.err.isEmpty(), done.err.constData());
        QCOMPARE(done.lines().size(), 30);
    }
};

QTEST_GUILESS_MAIN(TestCliTargets)
#include "tst_clitargets.moc"
