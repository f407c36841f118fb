#include "ui/command/commandtexts.h"

#include "ui/base/jsontext.h"

#include <QCoreApplication>
#include <QLocale>

namespace eventloupe {

namespace {

constexpr qsizetype longestLine = 1000;
constexpr qsizetype longestPreview = 40000;

QString tr(const char* text, int number = -1)
{
    return QCoreApplication::translate("CommandPanel", text, nullptr, number);
}

QString numbered(qint64 number)
{
    return QLocale().toString(number);
}

QString typesOf(const QList<NewEvent>& events)
{
    QStringList types;
    for (const auto& event : events)
        types.append(event.type);
    return types.join(u", ");
}

QString acceptedText(const Accepted& accepted, StreamVersion version)
{
    const auto count = accepted.events.size();
    if (count == 0)
        return tr("No event: the command changes nothing of %1.").arg(accepted.stream);
    auto text = count == 1
        ? tr("1 event for %1 at version %2: %3")
              .arg(accepted.stream, numbered(version + 1), typesOf(accepted.events))
        : tr("%1 events for %2 at versions %3 to %4: %5")
              .arg(numbered(count), accepted.stream, numbered(version + 1),
                  numbered(version + count), typesOf(accepted.events));
    for (const auto& event : accepted.events) {
        if (count > 1)
            text += u"\n\n"_qs + event.type;
        text += u'\n' + QString::fromUtf8(layOutJson(viewOf(event.data)));
    }
    return text;
}

} // namespace

QString previewText(const CommandPreview& preview)
{
    const auto* accepted = std::get_if<Accepted>(&preview.decision);
    const auto text = accepted != nullptr
        ? acceptedText(*accepted, preview.version)
        : tr("Would be rejected: %1").arg(rejectedText(std::get<Rejected>(preview.decision)));
    return textForView(text.toUtf8(), longestLine, longestPreview);
}

QString doneText(const CommandDone& done, bool isOnBranch)
{
    const auto& stream = done.accepted.stream;
    const auto types = typesOf(done.accepted.events);
    if (done.accepted.events.isEmpty())
        return tr("Accepted; nothing had to change, %1 stays at version %2")
            .arg(stream, numbered(done.appended.version));
    if (done.appended.wasStoredBefore)
        return tr("%1 was stored before as #%2, %3 is at version %4")
            .arg(types, numbered(done.appended.first), stream, numbered(done.appended.version));
    if (done.appended.first == done.appended.last)
        return (isOnBranch ? tr("%1 is on the branch as #%2, %3 is at version %4 there; not stored")
                           : tr("%1 stored as #%2, %3 is at version %4"))
            .arg(types, numbered(done.appended.first), stream, numbered(done.appended.version));
    return (isOnBranch
            ? tr("%1 are on the branch as #%2 to #%3, %4 is at version %5 there; not stored")
            : tr("%1 stored as #%2 to #%3, %4 is at version %5"))
        .arg(types, numbered(done.appended.first), numbered(done.appended.last), stream,
            numbered(done.appended.version));
}

QString conflictText(const VersionConflict& conflict)
{
    if (conflict.expected.kind() == ExpectedVersion::Kind::Exactly
        || conflict.expected.kind() == ExpectedVersion::Kind::NoStream) {
        const auto decided = conflict.expected.version();
        if (decided == 0)
            return tr("%1 is at version %2 now, this was decided when it did not exist.")
                .arg(conflict.stream, numbered(conflict.actual));
        return tr("%1 is at version %2 now, this was decided on version %3.")
            .arg(conflict.stream, numbered(conflict.actual), numbered(decided));
    }
    return conflict.toText();
}

QString rejectedText(const Rejected& rejected)
{
    QStringList lines { rejected.message };
    for (const auto& violation : rejected.violations) {
        // Mostly the message names them already.
        if (rejected.message.contains(violation.message))
            continue;
        const auto place = QString::fromUtf8(violation.place.toText());
        lines.append(
            place.isEmpty() ? violation.message : tr("%1 %2").arg(place, violation.message));
    }
    return lines.join(u'\n');
}

QString pastText(Position shown, Position head, bool isOnBranch)
{
    const QString text = isOnBranch
        ? tr("The window shows #%1; commands are decided and appended at the branch's end (#%2).")
        : tr("The window shows #%1; commands are decided and appended at the head (#%2).");
    return text.arg(numbered(shown), numbered(head));
}

QString obstacleText(const StoreCondition& store, const Workspace& workspace)
{
    if (!store.isOpen)
        return tr("No store is open.\nOpen one, or make a new one, from the File menu; then its "
                  "commands stand here as forms.");
    if (!store.library.isEmpty())
        return tr(
            "Commands append events, and this is the store of %1, which is only read.\nTo go "
            "on from its history, use File > Copy Log To…, and open the copy: it is a store of "
            "your own.")
            .arg(store.library);
    if (store.isFaulty)
        return tr("Commands append events, and this store can only be read: %1\nVerify… in the "
                  "File menu names what is lost, and Repair To… there copies what is sound into a "
                  "new store.")
            .arg(store.readOnlyReason);
    if (!store.readOnlyReason.isEmpty())
        return tr("Commands append events, and this store can only be read: %1\nCopy it to a "
                  "folder that you may write, and open the copy.")
            .arg(store.readOnlyReason);
    if (workspace.folder().isEmpty())
        return tr("Commands are defined in a workspace, and this store was opened without one.\n"
                  "Describe this Log in the File menu makes one from the store's events; Open "
                  "Workspace there opens one that exists.");
    if (workspace.commands().isEmpty())
        return tr("The workspace %1 defines no command that can be used.\nMake one with New "
                  "> Command in the Domain panel (Ctrl+D); it becomes a file commands/NAME.json in "
                  "%2.")
            .arg(workspace.name(), workspace.folder());
    return {};
}

} // namespace eventloupe
