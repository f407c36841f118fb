#include "exchange/ndjsonreader.h"

#include "exchange/exchangetext.h"
#include "value/event.h"
#include "value/json.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

void putMembers(const std::vector<RawMember>& members, const char* lineStart, Record& record)
{
    record.members.clear();
    if (!record.owned.empty())
        record.owned.clear();
    for (const RawMember& raw : members) {
        std::string_view name = raw.name;
        if (name.find('\\') != std::string_view::npos)
            name = record.owned.emplace_back(unescapedJson(name).toStdString());
        record.members.push_back({ name, raw.value, raw.value.data() - lineStart });
    }
}

bool readObjectMembers(
    std::string_view object, const char* lineStart, Record& record, std::vector<RawMember>& scratch)
{
    if (!splitRawObject(object, scratch))
        return false;
    putMembers(scratch, lineStart, record);
    return true;
}

NdjsonReader::NdjsonReader(std::unique_ptr<ByteSource> source)
    : m_source(std::move(source))
{
}

/// At the start of a line: a gigabyte of them is no gigabyte of records.
void NdjsonReader::passEmptyLines()
{
    const std::string_view window = m_source->window();
    const std::size_t empty = std::min(window.find_first_not_of('\n'), window.size());
    m_line += static_cast<qint64>(empty);
    m_source->consume(static_cast<qsizetype>(empty));
}

Result<bool> NdjsonReader::nextLine(std::string_view& line)
{
    m_source->consume(std::exchange(m_taken, 0));
    std::size_t searched = 0;
    for (;;) {
        if (searched == 0)
            passEmptyLines();
        const std::string_view window = m_source->window();
        const std::size_t end = window.find('\n', searched);
        if (end != std::string_view::npos || m_source->atEnd()) {
            if (window.empty())
                return false;
            line = window.substr(0, end);
            m_taken = static_cast<qsizetype>(line.size() + (line.size() < window.size() ? 1 : 0));
            ++m_line;
            if (line.size() <= static_cast<std::size_t>(maximumRecordBytes))
                return true;
        }
        searched = window.size();
        if (searched > static_cast<std::size_t>(maximumRecordBytes))
            return faultAt(m_source->name(), end == std::string_view::npos ? m_line + 1 : m_line,
                maximumRecordBytes,
                ExchangeText::tr("the line is over %1 MB, the most that is imported; a larger "
                                 "event can be copied from store to store")
                    .arg(maximumRecordBytes / 1024 / 1024));
        if (const Result<bool> more = m_source->more(); !more)
            return more.error();
    }
}

Result<bool> NdjsonReader::next(Record& record)
{
    std::string_view line;
    do {
        const Result<bool> found = nextLine(line);
        if (!found || !*found)
            return found;
    } while (trimmedJson(line).empty());

    record.line = m_line;
    if (const auto fault = record.text.check(line, &m_scratch))
        return faultAt(m_source->name(), m_line, fault->offset + 1, fault->reason);
    if (trimmedJson(line).front() != '{')
        return faultAt(m_source->name(), m_line, 1,
            ExchangeText::tr("a line must be a JSON object, an event"));
    putMembers(m_scratch, line.data(), record);
    return true;
}

} // namespace eventloupe
