#include "projection/projectionlimits.h"

#include "projection/projectionfold.h"
#include "projection/projectiontext.h"

#include <QDir>

namespace eventloupe {

namespace {

constexpr qsizetype shownOfAKey = 60;
constexpr double bytesOfAMegabyte = 1e6;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

Error rowIsTooLarge(const ProjectionDefinition& definition, Cell key, const EventView& event)
{
    std::string name;
    key.appendPlain(name);
    return { ErrorCode::Unsupported,
        ProjectionText::tr("The projection '%1' ends at #%2: its row '%3' holds more than %4 KB. "
                           "Let '%5' keep less in a row, such as a count or the last values "
                           "instead of a list that grows.")
            .arg(definition.name, QString::number(event.position), textOf(name).left(shownOfAKey),
                QString::number(ProjectionFold::maximumRowBytes / 1024), textOf(event.type)) };
}

Error rowsAreTooLarge(const ProjectionDefinition& definition, qint64 bound, Position position)
{
    return { ErrorCode::Unsupported,
        ProjectionText::tr("The projection '%1' ends at #%2: its rows take more than %3 MB of "
                           "memory. Choose a key that gives fewer rows, or let its rules keep less "
                           "in a row.")
            .arg(definition.name, QString::number(position), QString::number(bound >> 20U)) };
}

Error historyIsFull(
    const ProjectionDefinition& definition, const ScratchFile& file, Position position)
{
    const QString folder = QDir::toNativeSeparators(QDir::tempPath());
    if (!file.isAtBound())
        return {
            ErrorCode::DiskFull,
            ProjectionText::tr("There is no room for the projection's history in %1.").arg(folder)
        };
    const auto megabytes = static_cast<double>(file.bound()) / bytesOfAMegabyte;
    return { ErrorCode::Unsupported,
        ProjectionText::tr("The projection '%1' ends at #%2: its history would take more than the "
                           "%3 MB that it may have in %4. Let its rules keep less in a row (a "
                           "list that grows is kept anew for each event), name fewer events, or "
                           "make room there.")
            .arg(definition.name, QString::number(position), QString::number(megabytes, 'f', 0),
                folder) };
}

} // namespace eventloupe
