#include "expression/lexer.h"

#include <QCoreApplication>

#include <array>

namespace eventloupe {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNamePart(char c)
{
    return isNameStart(c) || isDigit(c);
}

/// Longer ones first.
constexpr std::array<std::string_view, 25> symbols { "==", "!=", "<=", ">=", "&&", "||", "(", ")",
    "[", "]", "{", "}", ".", ",", ":", "?", "+", "-", "*", "/", "%", "!", "<", ">", "=" };

} // namespace

bool Lexer::run()
{
    while (true) {
        skipSpace();
        if (m_at == m_source.size()) {
            add(TokenKind::End, m_at);
            return true;
        }
        if (!next()) {
            return false;
        }
    }
}

char Lexer::peek(std::size_t ahead) const
{
    return m_at + ahead < m_source.size() ? m_source[m_at + ahead] : '\0';
}

bool Lexer::fail(std::size_t offset, const char* reason)
{
    m_fault = { static_cast<quint32>(offset), QCoreApplication::translate("Expression", reason) };
    return false;
}

void Lexer::add(TokenKind kind, std::size_t start, QByteArray text)
{
    m_tokens.push_back({ kind, static_cast<quint32>(start), m_source.substr(start, m_at - start),
        std::move(text) });
}

void Lexer::skipSpace()
{
    while (m_at < m_source.size()) {
        if (std::string_view(" \t\n\r\f").find(peek()) != std::string_view::npos) {
            ++m_at;
        } else if (rest().starts_with("//")) {
            m_at = std::min(m_source.find('\n', m_at), m_source.size());
        } else {
            return;
        }
    }
}

bool Lexer::next()
{
    if (isDigit(peek()) || (peek() == '.' && isDigit(peek(1)))) {
        return number();
    }
    if (isStringStart()) {
        return string();
    }
    if (isNameStart(peek())) {
        return name();
    }
    return peek() == '`' ? quotedName() : symbol();
}

std::size_t Lexer::digitsFrom(std::size_t at) const
{
    while (at < m_source.size() && isDigit(m_source[at])) {
        ++at;
    }
    return at;
}

bool Lexer::number()
{
    const std::size_t start = m_at;
    TokenKind kind = TokenKind::Int;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && isHexDigit(peek(2))) {
        m_at += 2;
        while (isHexDigit(peek())) {
            ++m_at;
        }
    } else {
        m_at = digitsFrom(m_at);
        if (peek() == '.' && isDigit(peek(1))) {
            m_at = digitsFrom(m_at + 1);
            kind = TokenKind::Double;
        }
        if (peek() == 'e' || peek() == 'E') {
            const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            if (!isDigit(peek(sign))) {
                return fail(m_at, QT_TRANSLATE_NOOP("Expression", "the exponent has no digits"));
            }
            m_at = digitsFrom(m_at + sign);
            kind = TokenKind::Double;
        }
    }
    if (kind == TokenKind::Int && (peek() == 'u' || peek() == 'U')) {
        add(TokenKind::UInt, start);
        ++m_at;
    } else {
        add(kind, start);
    }
    if (isNamePart(peek())) {
        return fail(m_at, QT_TRANSLATE_NOOP("Expression", "a number must not end with a letter"));
    }
    return true;
}

bool Lexer::name()
{
    const std::size_t start = m_at;
    while (isNamePart(peek())) {
        ++m_at;
    }
    add(TokenKind::Name, start);
    return true;
}

bool Lexer::quotedName()
{
    const std::size_t start = m_at;
    const std::size_t end = m_source.find('`', start + 1);
    if (end == std::string_view::npos || end == start + 1) {
        return fail(start, QT_TRANSLATE_NOOP("Expression", "the quoted name does not end"));
    }
    const auto text = m_source.substr(start + 1, end - start - 1);
    for (const char c : text) {
        if (!isNamePart(c) && std::string_view(".-/ ").find(c) == std::string_view::npos) {
            return fail(start,
                QT_TRANSLATE_NOOP("Expression",
                    "a quoted name holds letters, digits, '_', '.', '-', '/' and spaces only"));
        }
    }
    m_at = end + 1;
    add(TokenKind::QuotedName, start, QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    return true;
}

bool Lexer::symbol()
{
    for (const auto text : symbols) {
        if (rest().starts_with(text)) {
            if (rest().starts_with("=>")) {
                return fail(m_at,
                    QT_TRANSLATE_NOOP("Expression",
                        "there is no '=>'; name the element first: list.filter(i, i.qty > 0)"));
            }
            if (text == "=") {
                return fail(m_at, QT_TRANSLATE_NOOP("Expression", "to compare, write '=='"));
            }
            const std::size_t start = m_at;
            m_at += text.size();
            add(TokenKind::Symbol, start);
            return true;
        }
    }
    if (peek() == '&' || peek() == '|') {
        return fail(m_at, QT_TRANSLATE_NOOP("Expression", "write '&&' for and, '||' for or"));
    }
    return fail(m_at, QT_TRANSLATE_NOOP("Expression", "this character has no meaning here"));
}

} // namespace eventloupe
