#include "hostile/hostilecase.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

// Runs the table, large rows included, and prints a JSON object a row; with a word, only the rows
// whose names have it, with --quick those that are not large. The exit code tells whether all is
// well.

using namespace eventloupe;

namespace {

/// Whether the row did what it must.
bool report(const HostileCase& row)
{
    const auto outcome = runCase(row);
    QByteArray fault = outcome.fault;
    if (fault.isEmpty() && outcome.run.megabytes >= row.most)
        fault = "too much memory";
    if (fault.isEmpty() && outcome.run.processorSeconds >= mostSeconds)
        fault = "too slow";
    const auto rounded
        = [](double value) { return static_cast<double>(qRound64(value * 10)) / 10; };
    const QByteArray said = (outcome.run.err.isEmpty() ? outcome.run.out : outcome.run.err);
    const QJsonObject figures {
        { QStringLiteral("row"), QString::fromUtf8(row.name) },
        { QStringLiteral("seconds"), rounded(outcome.run.seconds) },
        { QStringLiteral("processorSeconds"), rounded(outcome.run.processorSeconds) },
        { QStringLiteral("megabytes"), rounded(outcome.run.megabytes) },
        { QStringLiteral("says"), QString::fromUtf8(said.trimmed()).left(200) },
        { QStringLiteral("fault"), QString::fromUtf8(fault) },
    };
    std::printf("%s\n", QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    return fault.isEmpty();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QStringList words = QCoreApplication::arguments().mid(1);
    const bool isQuick = words.removeAll(QStringLiteral("--quick")) > 0;
    const auto wanted = words.value(0).toUtf8();
    int faults = 0;
    for (const auto& rows : { hostileFiles(), hostileStores(), hostileWorkspaces() }) {
        for (const HostileCase& row : rows) {
            if (row.name.contains(wanted) && !(isQuick && row.isLarge) && !report(row))
                ++faults;
        }
    }
    return faults == 0 ? 0 : 1;
}
