#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace eventloupe {

namespace {

ProgramRun finish(QProcess& process, const QByteArray& input)
{
    process.write(input);
    process.closeWriteChannel();
    ProgramRun run;
    if (!process.waitForFinished(Program::patience) || process.exitStatus() != QProcess::NormalExit)
        return run;
    run.code = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

void prepare(QProcess& process, const QString& folder)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto* name : { "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM" })
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("E"), QStringLiteral(EVENTLOUPE_PROGRAM));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
}

} // namespace

QList<QByteArray> ProgramRun::lines() const
{
    auto all = out.split('\n');
    if (all.last().isEmpty())
        all.removeLast();
    return all;
}

QJsonObject ProgramRun::object(qsizetype line) const
{
    return QJsonDocument::fromJson(lines().value(line)).object();
}

ProgramRun Program::run(const QString& words, const QByteArray& input) const
{
    return run(words.split(u' ', Qt::SkipEmptyParts), input);
}

ProgramRun Program::run(const QStringList& words, const QByteArray& input) const
{
    QProcess process;
    prepare(process, m_folder.path());
    process.start(QStringLiteral(EVENTLOUPE_PROGRAM), words);
    return finish(process, input);
}

ProgramRun Program::shell(const QString& line) const
{
    QProcess process;
    prepare(process, m_folder.path());
    process.start(QStringLiteral("bash"), { QStringLiteral("-c"), line });
    return finish(process, {});
}

QString Program::write(const QString& name, const QByteArray& text) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write a test's file");
    return name;
}

QByteArray Program::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString Program::makeStore(int count) const
{
    QString text;
    for (int n = 1; n <= count; ++n) {
        text += QStringLiteral("{'stream':'item-%1','type':'%2','time':'2026-03-01T00:00:%3Z',"
                               "'data':{'n':%4}}\n")
                    .arg(n % 7)
                    .arg(n % 2 == 0 ? QStringLiteral("EVEN") : QStringLiteral("ODD"))
                    .arg(n % 60, 2, 10, QLatin1Char('0'))
                    .arg(n);
    }
    const auto imported
        = run(QStringLiteral("import s.eventlog -"), text.replace(u'\'', u'"').toUtf8());
    if (imported.code != 0)
        qFatal("%s", imported.err.constData());
    return QStringLiteral("s.eventlog");
}

} // namespace eventloupe
