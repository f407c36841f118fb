#include "time/marksfile.h"

#include "value/json.h"
#include "value/privatefile.h"
#include "value/storelocation.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryFile>

namespace eventloupe {

namespace {

constexpr qint64 megabyte = 1024LL * 1024;
constexpr qint64 largestFile = 16 * megabyte;

QString tr(const char* text)
{
    return QCoreApplication::translate("eventloupe::Marks", text);
}

Error wrong(const QString& file, const QString& reason)
{
    return { ErrorCode::InvalidInput,
        tr("%1 is no file of marks: %2. Mend it, or remove it.")
            .arg(QDir::toNativeSeparators(file), reason) };
}

Error failed(const QString& file, const QString& reason)
{
    return { ErrorCode::InputOutput,
        QStringLiteral("%1: %2").arg(QDir::toNativeSeparators(file), reason) };
}

/// What keeps a file from being made there, which a QLockFile does not tell: a full disk, say.
QString obstacleBeside(const QString& file)
{
    QTemporaryFile probe(file + QStringLiteral(".XXXXXX"));
    constexpr char byte = '\n';
    if (probe.open() && probe.write(&byte, 1) == 1 && probe.flush())
        return tr("the folder cannot be written");
    return probe.errorString();
}

Result<std::pair<Position, Mark>> markOf(const JsonValue& value, qsizetype number)
{
    const auto fault = [number](const QString& reason) {
        return Error { ErrorCode::InvalidInput, tr("mark %1 %2").arg(number + 1).arg(reason) };
    };
    const JsonValue* position = value.find("position");
    if (!position || position->type() != JsonValue::Type::Int || position->toInt() < 0)
        return fault(tr("has no \"position\" that is a whole number from 0 on"));
    Mark mark;
    if (const JsonValue* note = value.find("note")) {
        if (!note->isString())
            return fault(tr("has a \"note\" that is no text"));
        mark.note = cutNote(note->toString());
    }
    if (const JsonValue* made = value.find("made")) {
        const auto time = Timestamp::fromRfc3339(made->toView());
        if (!time)
            return fault(tr("has a \"made\" that is no time: %1").arg(time.error().message));
        mark.made = *time;
    }
    return std::pair(Position(position->toInt()), mark);
}

} // namespace

QString cutNote(const QString& note)
{
    const bool splitsPair = note.size() > longestNote && note.at(longestNote - 1).isHighSurrogate();
    return note.left(longestNote - (splitsPair ? 1 : 0));
}

void applyChange(const MarkChange& change, MarkMap& marks)
{
    if (change.mark)
        marks.insert_or_assign(change.position, *change.mark);
    else
        marks.erase(change.position);
}

Result<MarkMap> marksFromJson(const QByteArray& text)
{
    const auto root = parseJson(viewOf(text));
    if (!root)
        return root.error();
    const JsonValue* list = root->isArray() ? &*root : root->find("marks");
    if (!list || !list->isArray())
        return Error { ErrorCode::InvalidInput, tr("it has no list \"marks\"") };
    if (list->elements().size() > mostMarks)
        return Error { ErrorCode::InvalidInput, tr("it has more than %1 marks").arg(mostMarks) };
    MarkMap marks;
    for (const JsonValue& element : list->elements()) {
        auto mark = markOf(element, qsizetype(marks.size()));
        if (!mark)
            return mark.error();
        marks.insert_or_assign(mark->first, mark->second);
    }
    return marks;
}

QByteArray marksToJson(const MarkMap& marks)
{
    auto list = JsonValue::emptyArray();
    for (const auto& [position, mark] : marks) {
        auto value = JsonValue::emptyObject();
        value.insert("position", JsonValue::fromInt(position));
        value.insert("note", JsonValue::fromString(mark.note));
        value.insert("made", JsonValue::fromString(mark.made.toRfc3339()));
        list.append(std::move(value));
    }
    auto root = JsonValue::emptyObject();
    root.insert("marks", std::move(list));
    return root.toIndentedJson() + '\n';
}

Result<std::optional<MarkMap>> readMarks(const QString& file)
{
    const QFileInfo info(file);
    if (!info.exists())
        return std::optional<MarkMap>();
    // A pipe of that name would never answer.
    if (!info.isFile())
        return wrong(file, tr("it is no file"));
    if (info.size() > largestFile)
        return wrong(file, tr("it is too large"));
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return failed(file, input.errorString());
    auto marks = marksFromJson(input.readAll());
    if (!marks)
        return wrong(file, marks.error().message);
    return std::optional(std::move(*marks));
}

Result<void> writeMarks(const QString& file, const MarkMap& marks)
{
    const QByteArray text = marksToJson(marks);
    if (text.size() > largestFile)
        return Error { ErrorCode::Unsupported,
            tr("%1 is not written: it would be larger than %2 MB, and could not be read again. "
               "Shorten notes, or remove marks.")
                .arg(QDir::toNativeSeparators(file))
                .arg(largestFile / megabyte) };
    return writePrivately(file, text);
}

Result<MarkMap> changeMarks(
    const QString& file, const QList<MarkChange>& changes, int lockMilliseconds)
{
    makePrivateFolder(QFileInfo(file).absolutePath());
    QLockFile lock(file + QStringLiteral(".lock"));
    if (!lock.tryLock(lockMilliseconds)) {
        if (lock.error() == QLockFile::LockFailedError)
            return Error { ErrorCode::Busy,
                tr("%1 is locked by another program").arg(QDir::toNativeSeparators(file)) };
        return failed(file,
            lock.error() == QLockFile::PermissionError ? tr("the folder cannot be written")
                                                       : obstacleBeside(file));
    }
    const auto read = readMarks(file);
    if (!read)
        return read.error();
    MarkMap marks = read->value_or(MarkMap());
    for (const MarkChange& change : changes)
        applyChange(change, marks);
    if (marks.size() > mostMarks)
        return Error { ErrorCode::Unsupported,
            tr("a log can have at most %1 marks").arg(mostMarks) };
    const auto written = writeMarks(file, marks);
    if (!written)
        return written.error();
    return marks;
}

QString marksFileOf(
    const QString& location, bool isOursToWrite, const QString& configurationFolder)
{
    if (isOursToWrite && !isNoFile(location))
        return location + QStringLiteral(".marks.json");
    const auto hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha256);
    return configurationFolder + QStringLiteral("/marks/")
        + QString::fromLatin1(hash.toHex().left(16)) + QStringLiteral(".json");
}

} // namespace eventloupe
