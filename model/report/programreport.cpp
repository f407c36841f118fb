#include "report/programreport.h"

#include "value/timestamp.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <sqlite3.h>

namespace eventloupe {

JsonValue programFigures()
{
    auto figures = JsonValue::emptyObject();
    const auto insert = [&](const char* name, const QString& text) {
        figures.insert(name, JsonValue::fromString(text));
    };
    insert("name", QStringLiteral("eventloupe"));
    insert("version", QCoreApplication::applicationVersion());
    insert("qt", QString::fromLatin1(qVersion()));
    insert("sqlite", QString::fromLatin1(::sqlite3_libversion()));
    insert("compiler", QStringLiteral(__VERSION__));
    insert("system", QSysInfo::prettyProductName());
    insert("kernel", QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion());
    insert("processor", QSysInfo::currentCpuArchitecture());
    return figures;
}

JsonValue newReport()
{
    auto report = JsonValue::emptyObject();
    report.insert("eventloupe_report", JsonValue::fromInt(1));
    report.insert("made", JsonValue::fromString(Timestamp::now().toRfc3339()));
    report.insert("program", programFigures());
    return report;
}

} // namespace eventloupe
