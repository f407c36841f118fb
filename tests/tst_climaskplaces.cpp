#include "support/program.h"

#include <QTest>

// Masks hold for what is said of failures.

using namespace eventloupe;

class TestCliMaskPlaces : public QObject {
    Q_OBJECT

private:
    Program m_program;

    ProgramRun run(const QString& words) { return m_program.run(words); }

private slots:
    /// The words of an upcast that failed quote what it read.
    void hideWhyAnUpcastFails()
    {
        for (const bool isMasked : { false, true }) {
            const QString folder = isMasked ? u"hidden"_qs : u"open"_qs;
            m_program.write(folder + u"/workspace.json"_qs,
                isMasked ? json("{'masks':[{'type':'CREATED','pointers':['/email']}]}")
                         : QByteArray("{}"));
            m_program.write(folder + u"/events/CREATED.json"_qs,
                json("{'upcasts':[{'when':'!has(data.age)','set':{'/age':'int(data.email)'}}]}"));
            m_program.write(u"events.ndjson"_qs,
                json("{'stream':'user-1','type':'CREATED','data':{'email':'SECRET@x.org'}}\n"));
            QCOMPARE(run(u"import %1 events.ndjson"_qs.arg(folder)).code, 0);
            for (const char* words : { "watch %1 event.type", "watch %1 data.name --stream user-1",
                     "state %1 user-1", "log %1 --where data.age>1", "replay %1",
                     "plot %1 user-1 /age", "report %1", "example %1 1" }) {
                const auto done = run(QString::fromUtf8(words).arg(folder));
                const QByteArray all = done.out + done.err;
                QVERIFY2(!isMasked || !all.contains("SECRET@x.org"), words + all);
            }
            const auto watched = run(u"watch %1 event.type"_qs.arg(folder));
            QVERIFY2(watched.err.contains(isMasked ? "may quote a masked value" : "SECRET@x.org"),
                watched.err.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestCliMaskPlaces)
#include "tst_climaskplaces.moc"
