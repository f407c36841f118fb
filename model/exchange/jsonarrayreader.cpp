#include "exchange/jsonarrayreader.h"

#include "exchange/exchangetext.h"
#include "exchange/ndjsonreader.h"
#include "value/json.h"
#include "value/jsonscan.h"

#include <algorithm>
#include <string>
#include <utility>

namespace eventloupe {

namespace {

/// Finds where a value ends by its brackets and quotes alone; piece by piece.
class ValueEnd final {
public:
    /// Whether the value ends before this byte, or with it where `isInside`.
    enum class Seen { Inside, LastByte, Behind };
    Seen see(char c)
    {
        if (m_isText)
            return seeText(c);
        switch (c) {
        case '"':
            m_isText = true;
            return Seen::Inside;
        case '{':
        case '[':
            ++m_depth;
            return Seen::Inside;
        case '}':
        case ']':
            if (m_depth == 0)
                return Seen::Behind;
            return --m_depth == 0 ? Seen::LastByte : Seen::Inside;
        default:
            return m_depth == 0 && (c == ',' || isJsonSpace(c)) ? Seen::Behind : Seen::Inside;
        }
    }
    [[nodiscard]] int depth() const { return m_depth; }

private:
    Seen seeText(char c)
    {
        if (std::exchange(m_isEscaped, false))
            return Seen::Inside;
        m_isEscaped = c == '\\';
        if (c != '"')
            return Seen::Inside;
        m_isText = false;
        return m_depth == 0 ? Seen::LastByte : Seen::Inside;
    }

    int m_depth = 0;
    bool m_isText = false;
    bool m_isEscaped = false;
};

qsizetype spaceAtStart(std::string_view text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isJsonSpace);
    return end - text.begin();
}

} // namespace

Result<bool> JsonArrayReader::begins(ByteSource& source)
{
    for (std::size_t looked = 0;;) {
        const auto window = source.window();
        const auto space = static_cast<std::size_t>(spaceAtStart(window.substr(looked))) + looked;
        if (space < window.size())
            return window[space] == '[';
        looked = space;
        if (looked > static_cast<std::size_t>(maximumRecordBytes))
            return false;
        const Result<bool> more = source.more();
        if (!more || !*more)
            return more;
    }
}

JsonArrayReader::JsonArrayReader(std::unique_ptr<ByteSource> source)
    : m_source(std::move(source))
{
}

void JsonArrayReader::take(std::size_t bytes)
{
    const auto passed = m_source->window().substr(0, bytes);
    const auto lines = std::count(passed.begin(), passed.end(), '\n');
    const auto last = passed.rfind('\n');
    m_line += lines;
    m_column = lines == 0 ? m_column + static_cast<qint64>(bytes)
                          : static_cast<qint64>(bytes - last) - 1;
    m_source->consume(static_cast<qsizetype>(bytes));
}

Error JsonArrayReader::fault(std::size_t offset, const QString& reason) const
{
    const auto before = m_source->window().substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const auto column = lines == 0 ? m_column + static_cast<qint64>(offset)
                                   : static_cast<qint64>(offset - before.rfind('\n')) - 1;
    return faultAt(m_source->name(), m_line + lines, column + 1, reason);
}

/// What the validator says of what comes, behind a text that is right up to here; `known` bytes of
/// it were looked at.
Error JsonArrayReader::structureFault(std::string_view before, std::size_t known) const
{
    constexpr std::size_t context = 16;
    std::string text(before);
    text += m_source->window().substr(0, known + context);
    const auto found = findJsonFault(text);
    if (!found)
        return fault(0, ExchangeText::tr("the array is wrong here"));
    const auto offset = static_cast<std::size_t>(found->offset);
    return fault(offset - std::min(offset, before.size()), found->reason);
}

/// In the validator's words; the array itself is a level.
Error JsonArrayReader::tooDeep(std::size_t offset) const
{
    const auto found = findJsonFault(std::string(maximumJsonDepth + 1, '['));
    return fault(offset, found->reason);
}

/// Takes space; false at the end of the file.
Result<bool> JsonArrayReader::skipSpace(qsizetype skipped)
{
    take(static_cast<std::size_t>(skipped));
    for (;;) {
        take(static_cast<std::size_t>(spaceAtStart(m_source->window())));
        if (!m_source->window().empty())
            return true;
        const Result<bool> more = m_source->more();
        if (!more || !*more)
            return more;
    }
}

/// To an element's first byte; false behind the array's last one.
Result<bool> JsonArrayReader::startElement()
{
    Result<bool> found = skipSpace(static_cast<qsizetype>(std::exchange(m_taken, 0)));
    if (!found)
        return found;
    if (!m_isOpen) {
        m_isOpen = true;
        found = skipSpace(1);
        if (!found)
            return found;
    }
    if (!*found)
        return structureFault(m_hasElements ? "[0" : "[");
    if (m_source->window().front() == ']') {
        m_isDone = true;
        found = skipSpace(1);
        if (!found)
            return found;
        if (*found)
            return structureFault("[]");
        return false;
    }
    if (!m_hasElements)
        return true;
    if (m_source->window().front() != ',')
        return structureFault("[0 ");
    found = skipSpace(1);
    if (!found)
        return found;
    if (!*found || m_source->window().front() == ']')
        return structureFault("[0,");
    return true;
}

/// The length of the element at the window's start.
Result<std::size_t> JsonArrayReader::findEnd()
{
    ValueEnd end;
    for (std::size_t at = 0;;) {
        const auto window = m_source->window();
        for (; at < window.size(); ++at) {
            const auto seen = end.see(window[at]);
            if (seen != ValueEnd::Seen::Inside)
                return seen == ValueEnd::Seen::LastByte ? at + 1 : at;
            if (end.depth() >= maximumJsonDepth)
                return tooDeep(at);
        }
        if (m_source->atEnd())
            return at;
        if (at > static_cast<std::size_t>(maximumRecordBytes)) {
            const auto found = findJsonFault(window);
            if (found && found->offset < static_cast<qsizetype>(window.size()))
                return fault(static_cast<std::size_t>(found->offset), found->reason);
            return fault(0,
                ExchangeText::tr("the record is over %1 MB, the most that is imported; a larger "
                                 "event can be copied from store to store")
                    .arg(maximumRecordBytes / 1024 / 1024));
        }
        if (const Result<bool> more = m_source->more(); !more)
            return more.error();
    }
}

Result<bool> JsonArrayReader::next(Record& record)
{
    if (m_isDone)
        return false;
    const Result<bool> started = startElement();
    if (!started || !*started)
        return started;
    const bool isFirst = !std::exchange(m_hasElements, true);
    const Result<std::size_t> length = findEnd();
    if (!length)
        return length.error();
    m_taken = *length;
    const auto text = m_source->window().substr(0, *length);
    if (record.text.check(text))
        return structureFault(isFirst ? "[" : "[0,", *length);
    record.line = m_line;
    if (!readObjectMembers(text, text.data(), record, m_scratch))
        return fault(0, ExchangeText::tr("a record must be a JSON object, an event"));
    // Offsets count from the line's start, which need not be in the window any more.
    for (RecordMember& member : record.members)
        member.offset += m_column;
    return true;
}

} // namespace eventloupe
