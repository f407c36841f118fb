#include "foreign/rowreader.h"

#include "value/json.h"

#include <algorithm>

namespace eventloupe {

void RowReader::gather(QByteArray& out)
{
    for (auto each = m_profile.gathered.cbegin(); each != m_profile.gathered.cend(); ++each) {
        const int column = at(each.value().column);
        if (column < 0 || m_page->isNull(m_row, column))
            continue;
        out += out.isEmpty() ? "" : ",";
        appendJsonString(out, viewOf(each.key().toUtf8()));
        out += ':';
        const auto kind = m_page->kind(m_row, column);
        const bool isJson
            = each.value().isInside() || each.value().encoding != EncodingSpec(Encoding::Auto);
        if (isJson) {
            out += json(each.value()).value_or("null");
        } else if (kind == RowPage::Kind::Integer) {
            out += QByteArray::number(m_page->integer(m_row, column));
        } else {
            std::string buffer;
            appendJsonString(out, m_page->text(m_row, column, buffer));
        }
    }
}

QByteArray RowReader::metadata()
{
    QByteArray stored = json(m_profile.metadata).value_or("{}");
    QByteArray members;
    gather(members);
    if (members.isEmpty())
        return stored;
    const QByteArray inner = stored.trimmed();
    const bool isObject = inner.startsWith('{') && inner.endsWith('}');
    const QByteArray rest = isObject ? inner.mid(1, inner.size() - 2).trimmed() : QByteArray();
    QByteArray result = "{" + members;
    if (!rest.isEmpty())
        result += "," + rest;
    else if (!isObject && inner != "null" && inner != "[]")
        result += ",\"metadata\":" + inner;
    return result + "}";
}

QByteArray RowReader::origin(std::string_view name)
{
    std::string buffer;
    const auto valueAt = [&](int column) {
        QByteArray out;
        if (m_page->kind(m_row, column) == RowPage::Kind::Integer)
            out += QByteArray::number(m_page->integer(m_row, column));
        else if (m_page->isNull(m_row, column))
            out += "null";
        else
            appendJsonString(out, m_page->text(m_row, column, buffer));
        return out;
    };
    QByteArray position = valueAt(0);
    const int keys = static_cast<int>(m_profile.order.size());
    for (int column = 1; column < keys; ++column)
        position += "," + valueAt(column);
    QByteArray out = "{\"position\":" + (keys > 1 ? "[" + position + "]" : position);
    std::string key = streamKey();
    std::ranges::replace(key, betweenParts, '/');
    if (key.empty()) {
        out += ",\"stream\":null";
    } else if (key != name) {
        out += ",\"stream\":";
        appendJsonString(out, key);
    }
    if (const int column = at(m_profile.version.column); column >= 0) {
        const auto spelt = m_profile.version.isInside() ? json(m_profile.version) : valueAt(column);
        out += ",\"version\":" + spelt.value_or("null");
    }
    for (auto mark = m_profile.marks.cbegin(); mark != m_profile.marks.cend(); ++mark) {
        const int column = at(mark.value());
        if (column < 0 || m_page->isNull(m_row, column))
            continue;
        const std::string_view text = m_page->text(m_row, column, buffer);
        if (text == "0" || text == "f" || text == "false" || text.empty())
            continue;
        out += ',';
        appendJsonString(out, viewOf(mark.key().toUtf8()));
        out += ":true";
    }
    return out + "}";
}

} // namespace eventloupe
