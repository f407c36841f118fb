#pragma once

#include "postgres/postgresresult.h"

#include <QtGlobal>

#include <array>
#include <charconv>

namespace eventloupe {

/// A row in the text format of COPY (PostgreSQL 15 documentation, COPY, "Text Format"), appended to
/// a buffer: values are separated by tabs, and backslash, tab and line ends in them are escaped.
class PostgresCopyText final {
public:
    explicit PostgresCopyText(std::string& out)
        : m_out(out)
    {
    }

    PostgresCopyText& add(qint64 number)
    {
        separate();
        std::array<char, 24> digits {};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        m_out.append(digits.data(), end);
        return *this;
    }
    PostgresCopyText& addText(std::string_view utf8)
    {
        separate();
        std::size_t begin = 0;
        for (std::size_t at = 0; at < utf8.size(); ++at) {
            const char escape = escapeOf(utf8[at]);
            if (escape == 0)
                continue;
            m_out.append(utf8.substr(begin, at - begin)).append({ '\\', escape });
            begin = at + 1;
        }
        m_out.append(utf8.substr(begin));
        return *this;
    }
    PostgresCopyText& addBytes(std::string_view bytes)
    {
        separate();
        m_out += '\\'; // Of the \x, escaped.
        appendHex(m_out, bytes);
        return *this;
    }
    void end() { m_out += '\n'; }

private:
    void separate()
    {
        if (!m_isFirst)
            m_out += '\t';
        m_isFirst = false;
    }
    static char escapeOf(char c)
    {
        switch (c) {
        case '\\':
            return '\\';
        case '\t':
            return 't';
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        default:
            return 0;
        }
    }

    std::string& m_out;
    bool m_isFirst = true;
};

} // namespace eventloupe
