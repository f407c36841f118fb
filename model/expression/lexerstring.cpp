#include "expression/lexer.h"

#include <QCoreApplication>

#include <charconv>

namespace eventloupe {

namespace {

void appendCodePoint(QByteArray& out, quint32 code)
{
    const auto byte = [&](quint32 value) { out.append(static_cast<char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xc0 | code >> 6);
        byte(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        byte(0xe0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    } else {
        byte(0xf0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3f));
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    }
}

} // namespace

bool Lexer::isStringStart() const
{
    std::size_t at = 0;
    bool bytes = false;
    bool raw = false;
    for (; at < 2; ++at) {
        const char c = static_cast<char>(peek(at) | 0x20);
        if (c == 'b' && !bytes) {
            bytes = true;
        } else if (c == 'r' && !raw) {
            raw = true;
        } else {
            break;
        }
    }
    return peek(at) == '"' || peek(at) == '\'';
}

bool Lexer::string()
{
    Token token;
    token.kind = TokenKind::String;
    token.offset = static_cast<quint32>(m_at);
    bool raw = false;
    for (; peek() != '"' && peek() != '\''; ++m_at) {
        raw = raw || (peek() | 0x20) == 'r';
        token.kind = (peek() | 0x20) == 'b' ? TokenKind::Bytes : token.kind;
    }
    const bool triple = peek(1) == peek() && peek(2) == peek();
    const auto quote = m_source.substr(m_at, triple ? 3 : 1);
    m_at += quote.size();
    if (!stringBody(token, quote, raw)) {
        return false;
    }
    token.spelling = m_source.substr(token.offset, m_at - token.offset);
    m_tokens.push_back(std::move(token));
    return true;
}

bool Lexer::stringBody(Token& token, std::string_view quote, bool raw)
{
    while (!rest().starts_with(quote)) {
        const bool lineEnd = peek() == '\n' || peek() == '\r';
        if (m_at == m_source.size() || (lineEnd && quote.size() == 1)) {
            return fail(token.offset, QT_TRANSLATE_NOOP("Expression", "the string does not end"));
        }
        if (peek() == '\\' && !raw) {
            if (!escape(token)) {
                return false;
            }
        } else if (peek() == '\\' && m_at + 1 < m_source.size()) {
            // A raw string keeps the backslash, and the quote behind it does not end the string.
            token.text.append(m_source.data() + m_at, 2);
            m_at += 2;
        } else {
            token.text.append(peek());
            ++m_at;
        }
    }
    m_at += quote.size();
    return true;
}

bool Lexer::escape(Token& token)
{
    constexpr std::string_view letters = "abfnrtv\\?\"'`";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\?\"'`";
    const char c = peek(1);
    if (const auto at = letters.find(c); c != '\0' && at != std::string_view::npos) {
        token.text.append(meanings[at]);
        m_at += 2;
        return true;
    }
    const bool text = token.kind == TokenKind::String;
    if (c == 'x' || c == 'X') {
        return codeEscape(token, 2, 2, 16);
    }
    if (c == 'u' && text) {
        return codeEscape(token, 2, 4, 16);
    }
    if (c == 'U' && text) {
        return codeEscape(token, 2, 8, 16);
    }
    if (c >= '0' && c <= '3') {
        return codeEscape(token, 1, 3, 8);
    }
    return fail(m_at, QT_TRANSLATE_NOOP("Expression", "there is no such escape"));
}

bool Lexer::codeEscape(Token& token, std::size_t skipped, std::size_t digits, int base)
{
    const auto text = rest().substr(skipped, digits);
    quint32 code = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, code, base);
    if (text.size() != digits || error != std::errc() || stop != end) {
        return fail(m_at, QT_TRANSLATE_NOOP("Expression", "the escape lacks digits"));
    }
    if (token.kind == TokenKind::Bytes) {
        token.text.append(static_cast<char>(code));
    } else if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        return fail(m_at, QT_TRANSLATE_NOOP("Expression", "there is no such Unicode character"));
    } else {
        appendCodePoint(token.text, code);
    }
    m_at += skipped + digits;
    return true;
}

} // namespace eventloupe
