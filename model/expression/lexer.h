#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>
#include <vector>

namespace eventloupe {

enum class TokenKind : quint8 {
    End,
    Name,
    QuotedName, ///< `content-type`
    Int, ///< Decimal digits or 0x..., without a sign.
    UInt, ///< The same, without the u.
    Double,
    String,
    Bytes,
    Symbol, ///< An operator or a bracket.
};

struct Token {
    TokenKind kind = TokenKind::End;
    quint32 offset = 0; ///< In bytes of the source.
    std::string_view spelling; ///< Of the source.
    QByteArray text; ///< The content of a string, of bytes, of a quoted name.
};

/// What stops an expression from compiling, by its place in the source.
struct SourceFault {
    quint32 offset = 0;
    QString message;
};

/// Splits an expression's source into tokens; the last one is End. White space and comments from
/// "//" to the end of the line are skipped. Views are into the source.
class Lexer {
public:
    explicit Lexer(std::string_view source)
        : m_source(source)
    {
    }

    /// False when the source has a fault.
    bool run();
    [[nodiscard]] std::vector<Token>& tokens() { return m_tokens; }
    [[nodiscard]] const SourceFault& fault() const { return m_fault; }

private:
    [[nodiscard]] std::string_view rest() const { return m_source.substr(m_at); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const;
    bool fail(std::size_t offset, const char* reason);
    void skipSpace();
    bool next();
    bool number();
    std::size_t digitsFrom(std::size_t at) const;
    bool name();
    bool quotedName();
    bool isStringStart() const;
    bool string();
    bool stringBody(Token& token, std::string_view quote, bool raw);
    bool escape(Token& token);
    bool codeEscape(Token& token, std::size_t skipped, std::size_t digits, int base);
    bool symbol();
    void add(TokenKind kind, std::size_t start, QByteArray text = {});

    std::string_view m_source;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
    SourceFault m_fault;
};

} // namespace eventloupe
