#include "ui/branch/branchtexts.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("BranchTexts", text);
}

/// "1 event skipped, 2 put in"
QString changesText(const BranchOverlay& overlay)
{
    const auto& inserted = overlay.inserted();
    const auto own = std::count_if(inserted.begin(), inserted.end(),
        [](const auto& each) { return each.place.isInserted(); });
    const auto changed = static_cast<qint64>(inserted.size()) - own;
    QStringList parts;
    if (const auto skipped = overlay.skipped().size(); skipped > 0)
        parts.append(tr("%1 skipped").arg(eventsText(skipped)));
    if (changed > 0)
        parts.append(tr("%1 changed").arg(eventsText(changed)));
    if (own > 0)
        parts.append(tr("%1 added").arg(eventsText(own)));
    return parts.isEmpty() ? tr("nothing changed yet") : parts.join(QStringLiteral(", "));
}

QString eventText(Position position, const QString& type)
{
    return QStringLiteral("%1 %2").arg(positionText(position), visibleText(type));
}

} // namespace

QString branchText(const BranchSession& session)
{
    const auto overlay = session.overlay();
    return tr("Branch of %1 at %2: %3.")
        .arg(visibleText(QFileInfo(session.mainLocation()).fileName()),
            positionText(session.branchedAt()), overlay ? changesText(*overlay) : tr("opening…"));
}

QString leftText(const BranchSession& session)
{
    const auto overlay = session.overlay();
    const QString at = positionText(session.branchedAt());
    return (overlay ? tr("The branch at %1 was left: %2.").arg(at, changesText(*overlay))
                    : tr("The branch at %1 was left.").arg(at))
        + u' '
        + tr("It is kept until another one is begun, or the store is closed.");
}

QString mainSinceText(Position since)
{
    return since > 0 ? tr("The log has %1 since.").arg(eventsText(since)) : QString();
}

QString differenceText(const StreamDifference& difference)
{
    if (difference.branchPosition == 0)
        return tr("%1 is not here")
            .arg(eventText(difference.mainPosition, difference.mainType));
    if (difference.mainPosition == 0)
        return tr("%1 is here alone")
            .arg(eventText(difference.branchPosition, difference.branchType));
    return tr("%1 there, %2 here")
        .arg(eventText(difference.mainPosition, difference.mainType),
            eventText(difference.branchPosition, difference.branchType));
}

} // namespace eventloupe
