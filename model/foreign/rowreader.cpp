#include "foreign/rowreader.h"

#include "foreign/foreigntime.h"
#include "value/json.h"
#include "value/rawjsonpath.h"
#include "value/uuid.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr std::string_view unknownCategory = "stream";

QByteArray toQBytes(std::string_view text)
{
    return { text.data(), static_cast<qsizetype>(text.size()) };
}

/// 32 hex digits as a UUID; all else as it is.
std::string dashed(std::string text)
{
    const bool isHex = text.size() == 32 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (isHex)
        for (const std::size_t at : { 8U, 13U, 18U, 23U })
            text.insert(at, 1, '-');
    return text;
}

/// The text of a JSON value: of a string what is in it, of null nothing, of all else the JSON.
std::optional<std::string> plainText(std::string_view json)
{
    if (json.empty() || json == "null")
        return std::nullopt;
    if (json.front() != '"')
        return std::string(json);
    std::string buffer;
    const auto string = rawJsonString(json, buffer);
    return string ? std::optional(std::string(*string)) : std::nullopt;
}

/// The elements of a JSON array as text.
QByteArray elementOf(const QByteArray& json, qint64 index)
{
    const auto parsed = parseStoredJson(viewOf(json));
    if (!parsed)
        return "{}";
    // A list that says of which .NET type it is stands in an object of its own.
    const JsonValue* const values = parsed->find("$values");
    const JsonValue& list = values != nullptr ? *values : *parsed;
    if (!list.isArray())
        return json;
    if (index < 0 || index >= list.size())
        return "{}";
    return list.elements()[static_cast<std::size_t>(index)].toJson();
}

} // namespace

RowReader::RowReader(const StoreProfile& profile, LogColumns columns)
    : m_profile(profile)
    , m_columns(std::move(columns))
{
    if (profile.category.rule == ProfileCategory::Rule::Type)
        m_categoryOfType.setPattern(profile.category.text);
}

void RowReader::setRow(const RowPage& page, std::size_t row)
{
    m_page = &page;
    m_row = row;
    m_documents.clear();
}

ForeignKey RowReader::key() const
{
    ForeignKey key;
    for (int column = 0; column < static_cast<int>(m_profile.order.size()); ++column)
        key.push_back(m_page->value(m_row, column));
    return key;
}

const QByteArray& RowReader::document(const ProfileField& field, int column)
{
    for (const Document& known : m_documents)
        if (known.column == column && known.encoding == field.encoding)
            return known.json;
    Document made { column, field.encoding, {} };
    std::string buffer;
    const auto kind = m_page->kind(m_row, column);
    const bool isBytes = kind == RowPage::Kind::Text || kind == RowPage::Kind::Blob;
    const std::string_view bytes
        = isBytes ? m_page->bytes(m_row, column) : m_page->text(m_row, column, buffer);
    Decoded decoded = PayloadDecoder(field.encoding).decode(bytes);
    if (!decoded.problem.isEmpty())
        m_problems.append(QStringLiteral("%1: %2").arg(
            m_columns.columns.at(static_cast<std::size_t>(column)).text(), decoded.problem));
    made.json = std::move(decoded.json);
    m_documents.push_back(std::move(made));
    return m_documents.back().json;
}

std::optional<QByteArray> RowReader::json(const ProfileField& field)
{
    const int column = at(field.column);
    if (column < 0 || m_page->isNull(m_row, column))
        return std::nullopt;
    const QByteArray& whole = document(field, column);
    std::string_view found = viewOf(whole);
    if (!field.pointer.isEmpty()) {
        const auto walked = findRawJson(found, field.pointer);
        if (walked.outcome != RawJsonFinding::Outcome::Found)
            return std::nullopt;
        found = walked.text;
    }
    if (field.isOnlyMember) {
        std::vector<JsonMember> members;
        if (!findJsonFault(found, &members) && members.size() == 1)
            found = members.front().value;
        else if (found.starts_with('"'))
            found = "{}";
    }
    return toQBytes(found);
}

std::optional<std::string> RowReader::text(const ProfileField& field)
{
    const int column = at(field.column);
    if (column < 0 || m_page->isNull(m_row, column))
        return std::nullopt;
    if (!field.isInside()) {
        std::string buffer;
        return std::string(m_page->text(m_row, column, buffer));
    }
    if (field.isOnlyMember) {
        ProfileField around = field;
        around.isOnlyMember = false;
        const auto found = json(around);
        std::vector<JsonMember> members;
        if (found && !findJsonFault(viewOf(*found), &members) && members.size() == 1)
            return plainText('"' + std::string(members.front().name) + '"');
        return found ? plainText(viewOf(*found)) : std::nullopt;
    }
    const auto found = json(field);
    return found ? plainText(viewOf(*found)) : std::nullopt;
}

std::string RowReader::streamKey()
{
    std::string key;
    bool isFirst = true;
    for (const ProfileField& part : m_profile.stream) {
        auto found = text(part);
        // The last part is what names the stream; one before it may be missing.
        if (!found && &part == &m_profile.stream.back())
            return {};
        if (!isFirst)
            key += betweenParts;
        const std::string name = found.value_or(std::string());
        key += m_profile.isUuid ? dashed(name) : name;
        isFirst = false;
    }
    return key;
}

/// A category and what is left of the name; the category has no '-', which would end it.
std::string RowReader::named(const std::string& category, const std::string& rest) const
{
    std::string before = category.empty() ? m_profile.category.text.toStdString() : category;
    if (before.empty())
        before = unknownCategory;
    std::ranges::replace(before, '-', '_');
    // A name that begins with it already does so once.
    if (rest == before || rest.starts_with(before + '-'))
        return rest;
    return rest.empty() ? before : before + '-' + rest;
}

std::string RowReader::nameOfKey(const std::string& key) const
{
    using Rule = ProfileCategory::Rule;
    if (key.empty())
        return m_profile.streamless.toStdString();
    std::string whole = key;
    std::ranges::replace(whole, betweenParts, '-');
    switch (m_profile.category.rule) {
    case Rule::Dash:
        // A bare UUID has no category, whatever stands before its first '-'.
        return packUuid(whole) ? named({}, whole) : whole;
    case Rule::Fixed:
        return named({}, whole);
    case Rule::Before: {
        const std::string mark = m_profile.category.text.toStdString();
        const auto at = whole.rfind(mark);
        const std::string unless = m_profile.category.unless.toStdString();
        if (at == std::string::npos || at == 0
            || (!unless.empty() && whole.find(unless) != std::string::npos))
            return whole;
        std::string before = whole.substr(0, at);
        std::ranges::replace(before, '-', '_');
        return before + '-' + whole.substr(at + mark.size());
    }
    default:
        return {};
    }
}

std::string RowReader::streamName()
{
    const std::string key = streamKey();
    if (std::string name = nameOfKey(key); !name.empty())
        return name;
    if (m_profile.category.rule == ProfileCategory::Rule::Type) {
        const auto match = m_categoryOfType.match(QString::fromStdString(type()));
        std::string rest = key;
        std::ranges::replace(rest, betweenParts, '-');
        return named(match.captured(1).toStdString(), rest);
    }
    // Of a column: a part of the stream that is the category already is not said twice.
    const std::string category = text(m_profile.category.field).value_or(std::string());
    const bool isFirstPart = m_profile.stream.size() > 1
        && m_profile.stream.first().column == m_profile.category.field.column;
    std::string rest = isFirstPart ? key.substr(key.find(betweenParts) + 1) : key;
    std::ranges::replace(rest, betweenParts, '-');
    return named(category, rest);
}

std::optional<StreamVersion> RowReader::version()
{
    const ProfileField& field = m_profile.version;
    const int column = at(field.column);
    if (column < 0 || m_page->isNull(m_row, column))
        return std::nullopt;
    qint64 number = 0;
    if (field.isInside()) {
        const auto found = text(field);
        if (!found)
            return std::nullopt;
        number = QByteArray::fromStdString(*found).toLongLong();
    } else {
        number = m_page->integer(m_row, column);
    }
    qint64 fromOne = 0;
    if (__builtin_sub_overflow(number, m_profile.versionBase - 1, &fromOne))
        return std::nullopt;
    return fromOne;
}

std::string RowReader::type(qint64 event)
{
    const ProfileField& field = m_profile.type;
    std::optional<std::string> found;
    if (!m_profile.items.isEmpty() && field.column == m_profile.data.column) {
        ProfileField list = m_profile.data;
        list.pointer.clear();
        const QByteArray element = elementOf(json(list).value_or("[]"), event);
        const auto walked = findRawJson(viewOf(element), field.pointer);
        if (walked.outcome == RawJsonFinding::Outcome::Found)
            found = plainText(walked.text);
    } else {
        found = text(field);
    }
    return found && !found->empty() ? *found : m_profile.typeName.toStdString();
}

Timestamp RowReader::time()
{
    const ProfileField& field = m_profile.time;
    const int column = at(field.column);
    if (column < 0 || m_page->isNull(m_row, column))
        return {};
    if (!field.isInside() && m_page->kind(m_row, column) == RowPage::Kind::Integer)
        return foreignTime(m_page->integer(m_row, column),
            m_profile.timeUnit == TimeUnit::Text ? TimeUnit::Seconds : m_profile.timeUnit);
    if (!field.isInside() && m_page->kind(m_row, column) == RowPage::Kind::Real)
        return foreignTime(m_page->real(m_row, column),
            m_profile.timeUnit == TimeUnit::Text ? TimeUnit::Seconds : m_profile.timeUnit);
    const auto spelt = text(field);
    return spelt ? foreignTime(*spelt, m_profile.timeUnit).value_or(Timestamp()) : Timestamp();
}

std::string RowReader::id(qint64 event)
{
    auto found = text(m_profile.id);
    if (found && !found->empty() && m_profile.items.isEmpty())
        return *found;
    // Where the library has none, an event is told by its place.
    std::string place = found.value_or(std::string());
    if (place.empty())
        for (const ForeignValue& value : key()) {
            if (!place.empty())
                place += '/';
            place += textOf(value);
        }
    return m_profile.items.isEmpty() ? place : place + '.' + std::to_string(event + 1);
}

qint64 RowReader::events() const
{
    if (m_profile.items.isEmpty())
        return 1;
    constexpr qint64 most = 1'000'000; // What a hostile row says is no reason to take all memory.
    const int column = at({ {}, m_profile.items });
    return column < 0 ? 1 : std::clamp<qint64>(m_page->integer(m_row, column), 0, most);
}

QByteArray RowReader::data(qint64 event)
{
    if (m_profile.items.isEmpty())
        return json(m_profile.data).value_or("{}");
    ProfileField list = m_profile.data;
    const auto pointer = std::exchange(list.pointer, {});
    const QByteArray element = elementOf(json(list).value_or("[]"), event);
    if (pointer.isEmpty())
        return element;
    const auto walked = findRawJson(viewOf(element), pointer);
    return walked.outcome == RawJsonFinding::Outcome::Found ? toQBytes(walked.text) : element;
}

} // namespace eventloupe
