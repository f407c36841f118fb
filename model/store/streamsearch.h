#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace eventloupe {

/// Whether a name contains a text, whatever the case of either: by bytes where both are ASCII,
/// which most names are, by Qt's case folding elsewhere. An empty text is in every name.
class StreamSearch final {
public:
    explicit StreamSearch(const QString& text);
    [[nodiscard]] bool matches(std::string_view name) const;

private:
    QString m_text;
    std::string m_folded; ///< The text in lower case where it is ASCII, else empty.
};

} // namespace eventloupe
