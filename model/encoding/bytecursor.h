#pragma once

#include "encoding/jsonsink.h"

#include <concepts>

namespace eventloupe {

/// Steps through bytes, never behind their end. Keeps the first fault and where it was.
class ByteCursor final {
public:
    explicit ByteCursor(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] bool isNext(char c) const { return m_at < m_bytes.size() && m_bytes[m_at] == c; }
    [[nodiscard]] std::string_view rest() const { return m_bytes.substr(m_at); }
    /// To a place where it was before.
    void goBackTo(std::size_t at) { m_at = at; }

    /// Takes a number, the most significant byte first.
    template <std::unsigned_integral T> bool take(T& value)
    {
        if (left() < sizeof(T))
            return failAtEnd();
        quint64 sum = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i)
            sum = sum << 8 | static_cast<unsigned char>(m_bytes[m_at++]);
        value = static_cast<T>(sum);
        return true;
    }
    /// The same with the least significant byte first.
    template <std::unsigned_integral T> bool takeLittle(T& value)
    {
        if (left() < sizeof(T))
            return failAtEnd();
        quint64 sum = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i)
            sum |= quint64(static_cast<unsigned char>(m_bytes[m_at++])) << (8 * i);
        value = static_cast<T>(sum);
        return true;
    }
    bool take(quint64 size, std::string_view& part)
    {
        if (size > left())
            return failAtEnd();
        part = m_bytes.substr(m_at, static_cast<std::size_t>(size));
        m_at += part.size();
        return true;
    }
    bool take(char c)
    {
        if (!isNext(c))
            return false;
        ++m_at;
        return true;
    }

    /// Notes what is wrong here, a text of QT_TRANSLATE_NOOP("Encoding", ...); gives false.
    bool fail(const char* reason);
    bool failAtEnd();
    /// How reading a whole payload ended.
    [[nodiscard]] Result<void> outcome(const JsonSink& sink);

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_faultAt = 0;
    const char* m_reason = nullptr;
};

/// How often a key may be a container that has such a key itself: each time its quotes double.
constexpr int mostNestedKeys = 3;

} // namespace eventloupe
