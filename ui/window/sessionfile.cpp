#include "ui/window/sessionfile.h"

#include "value/json.h"
#include "value/privatefile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

namespace eventloupe {

namespace {

constexpr qint64 megabyte = qint64(1024) * 1024;
constexpr qint64 largestFile = 64 * megabyte;
constexpr int mostBroken = 5; ///< That are kept of one file.

QString tr(const char* text)
{
    return QCoreApplication::translate("SessionFile", text);
}

/// In place of what is there.
bool moveOver(const QString& from, const QString& to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

/// Of the newest, and of those before it.
QString brokenName(const QString& aside, int number)
{
    return number == 1 ? aside : QStringLiteral("%1-%2").arg(aside).arg(number);
}

JsonValue beginning()
{
    auto root = JsonValue::emptyObject();
    root.insert("format", JsonValue::fromInt(1));
    return root;
}

const JsonValue* member(const JsonValue& object, std::string_view key, JsonValue::Type type)
{
    const auto* found = object.find(key);
    return found != nullptr && found->type() == type ? found : nullptr;
}

QString textOf(const JsonValue& object, std::string_view key)
{
    const auto* found = member(object, key, JsonValue::Type::String);
    return found != nullptr ? found->toString() : QString();
}

QByteArray bytesOf(const JsonValue& object, std::string_view key)
{
    const auto* found = member(object, key, JsonValue::Type::String);
    return found != nullptr ? found->toUtf8() : QByteArray();
}

/// The texts in an array, or those of an object by their keys.
template <class Take> void takeTexts(const JsonValue& root, std::string_view key, const Take& take)
{
    if (const auto* array = member(root, key, JsonValue::Type::Array)) {
        for (const auto& each : array->elements()) {
            if (each.isString())
                take(QString(), each);
        }
    } else if (const auto* object = member(root, key, JsonValue::Type::Object)) {
        for (const auto& each : object->members()) {
            if (each.value.isString())
                take(QString::fromUtf8(each.key), each.value);
        }
    }
}

Result<JsonValue> parseSession(const QByteArray& json)
{
    auto root = parseJson(viewOf(json));
    if (root && !root->isObject())
        return Error { ErrorCode::InvalidInput, tr("it is no JSON object") };
    return root;
}

template <class T> using Parse = Result<T> (*)(const QByteArray&);

/// Nothing where there is no file.
template <class T> Result<std::optional<T>> lookAt(const QString& file, Parse<T> parse)
{
    const auto bytes = readWhole(file, largestFile);
    if (!bytes)
        return bytes.error();
    if (!*bytes)
        return std::optional<T>();
    auto parsed = parse(**bytes);
    if (!parsed)
        return parsed.error();
    return std::optional(std::move(*parsed));
}

template <class T> ReadSession<T> readFile(const QString& file, Parse<T> parse)
{
    auto found = lookAt<T>(file, parse);
    if (!found)
        return { {}, false, troubleWith(file, found.error()), mayPass(found.error()) };
    if (!*found)
        return {};
    return { std::move(**found), true };
}

} // namespace

QByteArray toSessionJson(const SessionValues& values)
{
    auto texts = JsonValue::emptyObject();
    for (auto each = values.texts.cbegin(); each != values.texts.cend(); ++each)
        texts.insert(each.key().toUtf8(), JsonValue::fromString(each.value()));
    auto bytes = JsonValue::emptyObject();
    for (auto each = values.bytes.cbegin(); each != values.bytes.cend(); ++each)
        bytes.insert(each.key().toUtf8(), JsonValue::fromString(each.value().toBase64()));
    auto recent = JsonValue::emptyArray();
    for (const auto& each : values.recent)
        recent.append(JsonValue::fromString(each));
    auto root = beginning();
    root.insert("recent", recent);
    root.insert("texts", texts);
    root.insert("bytes", bytes);
    return root.toIndentedJson() + '\n';
}

Result<SessionValues> valuesFromJson(const QByteArray& json)
{
    const auto root = parseSession(json);
    if (!root)
        return root.error();
    SessionValues values;
    takeTexts(*root, "recent",
        [&](const QString&, const JsonValue& each) { values.recent.append(each.toString()); });
    takeTexts(*root, "texts", [&](const QString& key, const JsonValue& each) {
        values.texts.insert(key, each.toString());
    });
    takeTexts(*root, "bytes", [&](const QString& key, const JsonValue& each) {
        values.bytes.insert(key, QByteArray::fromBase64(each.toUtf8()));
    });
    return values;
}

QByteArray toSessionJson(const SessionPlace& place)
{
    auto marks = JsonValue::emptyArray();
    for (const auto mark : place.marks)
        marks.append(JsonValue::fromInt(mark));
    auto others = JsonValue::emptyObject();
    for (auto each = place.others.cbegin(); each != place.others.cend(); ++each) {
        if (!each.value().isEmpty())
            others.insert(each.key().toUtf8(), JsonValue::fromString(each.value()));
    }
    auto root = beginning();
    root.insert("position", JsonValue::fromInt(place.position));
    root.insert("live", JsonValue::fromBool(place.live));
    root.insert("filter", JsonValue::fromString(place.filter));
    root.insert("pinned", JsonValue::fromString(place.pinned));
    root.insert("marks", marks);
    root.insert("draft", JsonValue::fromString(place.draft));
    root.insert("others", others);
    return root.toJson();
}

Result<SessionPlace> placeFromJson(const QByteArray& json)
{
    const auto root = parseSession(json);
    if (!root)
        return root.error();
    SessionPlace place;
    if (const auto* position = member(*root, "position", JsonValue::Type::Int))
        place.position = std::max<Position>(position->toInt(), 0);
    if (const auto* live = member(*root, "live", JsonValue::Type::Bool))
        place.live = live->toBool();
    place.filter = textOf(*root, "filter");
    place.pinned = textOf(*root, "pinned");
    if (const auto* marks = member(*root, "marks", JsonValue::Type::Array)) {
        for (const auto& mark : marks->elements()) {
            if (mark.type() == JsonValue::Type::Int && mark.toInt() > 0)
                place.marks.insert(mark.toInt());
        }
    }
    place.draft = bytesOf(*root, "draft");
    takeTexts(*root, "others", [&](const QString& key, const JsonValue& each) {
        place.others.insert(key, each.toUtf8());
    });
    return place;
}

ReadSession<SessionValues> readValues(const QString& file)
{
    return readFile<SessionValues>(file, valuesFromJson);
}

ReadSession<SessionPlace> readPlace(const QString& file)
{
    return readFile<SessionPlace>(file, placeFromJson);
}

SessionPlace lookAtPlace(const QString& file)
{
    const auto found = lookAt<SessionPlace>(file, placeFromJson);
    return found ? found->value_or(SessionPlace()) : SessionPlace();
}

Result<void> writeSession(const QString& file, const QByteArray& json)
{
    if (json.size() > largestFile)
        return Error { ErrorCode::Unsupported,
            tr("%1 would be larger than %2 MB, and could not be read again. What it held before "
               "stays.")
                .arg(QDir::toNativeSeparators(file))
                .arg(largestFile / megabyte) };
    return writePrivately(file, json);
}

QString placeStem(const QString& folder, const QString& location)
{
    const auto hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha256);
    return folder + QStringLiteral("/places/") + QString::fromLatin1(hash.toHex().left(16));
}

bool mayPass(const Error& error)
{
    return error.code == ErrorCode::InputOutput;
}

QString troubleWith(const QString& file, const Error& error)
{
    if (!mayPass(error))
        return setBrokenAside(file, error.message);
    return tr("What was kept of the last session cannot be read now (%1). It stays as it is, and "
              "nothing is written over it.")
        .arg(error.message);
}

QString setBrokenAside(const QString& file, const QString& reason)
{
    const QString aside = file + QStringLiteral(".broken");
    // Those of before may be all that is left of a branch's events.
    for (int i = mostBroken; i > 1; --i)
        (void)moveOver(brokenName(aside, i - 1), brokenName(aside, i));
    const bool isMoved = moveOver(file, aside);
    return isMoved ? tr("What was kept of the last session cannot be read (%1). It was put aside "
                        "as %2, and a new one begins.")
                         .arg(reason, QDir::toNativeSeparators(aside))
                   : tr("What was kept of the last session cannot be read (%1).").arg(reason);
}

} // namespace eventloupe
