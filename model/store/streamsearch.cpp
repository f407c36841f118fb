#include "store/streamsearch.h"

#include <algorithm>

namespace eventloupe {

namespace {

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isAscii(std::string_view text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

} // namespace

StreamSearch::StreamSearch(const QString& text)
    : m_text(text)
{
    const QByteArray utf8 = text.toUtf8();
    if (isAscii({ utf8.constData(), static_cast<std::size_t>(utf8.size()) }))
        m_folded = utf8.toLower().toStdString();
}

bool StreamSearch::matches(std::string_view name) const
{
    if (m_text.isEmpty())
        return true;
    if (m_folded.empty() || !isAscii(name))
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
            .contains(m_text, Qt::CaseInsensitive);
    return std::search(name.begin(), name.end(), m_folded.begin(), m_folded.end(),
               [](char c, char wanted) { return folded(c) == wanted; })
        != name.end();
}

} // namespace eventloupe
