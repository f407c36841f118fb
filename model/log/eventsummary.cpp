#include "log/eventsummary.h"

#include "value/event.h"
#include "value/json.h"

namespace eventloupe {

namespace {

constexpr std::size_t longestParsed = 256 * 1024;
/// A character takes up to four bytes of UTF-8.
constexpr auto longestUtf8 = static_cast<std::size_t>(maximumSummaryLength) * 4 + 4;

QChar signFor(QChar character)
{
    const char16_t code = character.unicode();
    if (code < 0x20)
        return QChar(static_cast<char16_t>(0x2400 + code)); // U+2400: pictures of C0 controls.
    return code == 0x7f ? QChar(u'\u2421') : character;
}

/// Writes until the summary is full; what would be written after that costs nothing.
class SummaryWriter {
public:
    [[nodiscard]] bool isFull() const { return m_text.size() > maximumSummaryLength; }

    void appendMembers(const JsonValue& object)
    {
        for (const auto& [key, value] : object.members()) {
            if (isFull())
                return;
            if (!m_text.isEmpty())
                m_text += u' ';
            append(key);
            m_text += u'=';
            if (value.isString())
                append(value.toUtf8());
            else
                appendJson(value);
        }
    }

    /// The recursion ends with the room: each level writes a bracket.
    void appendJson(const JsonValue& value)
    {
        if (isFull())
            return;
        if (value.isArray()) {
            appendElements(value);
        } else if (value.isObject()) {
            appendObject(value);
        } else if (value.isString()) {
            m_text += u'"';
            append(value.toUtf8());
            m_text += u'"';
        } else {
            append(value.toJson());
        }
    }

    void append(const QByteArray& utf8) { append(viewOf(utf8)); }
    void append(std::string_view utf8)
    {
        const std::string_view beginning = utf8.substr(0, longestUtf8);
        const QString text
            = QString::fromUtf8(beginning.data(), static_cast<qsizetype>(beginning.size()));
        for (const QChar character : text)
            m_text += signFor(character);
    }

    [[nodiscard]] QString take()
    {
        if (isFull()) {
            qsizetype end = maximumSummaryLength - 1;
            if (m_text.at(end - 1).isHighSurrogate())
                --end;
            m_text.truncate(end);
            m_text += u'\u2026';
        }
        return std::move(m_text);
    }

private:
    void appendElements(const JsonValue& array)
    {
        m_text += u'[';
        for (qsizetype index = 0; index < array.size() && !isFull(); ++index) {
            if (index > 0)
                m_text += u',';
            appendJson(array.elements()[static_cast<std::size_t>(index)]);
        }
        m_text += u']';
    }

    void appendObject(const JsonValue& object)
    {
        m_text += u'{';
        bool isFirst = true;
        for (const auto& [key, value] : object.members()) {
            if (isFull())
                break;
            if (!isFirst)
                m_text += u',';
            isFirst = false;
            append(key);
            m_text += u':';
            appendJson(value);
        }
        m_text += u'}';
    }

    QString m_text;
};

} // namespace

QString summaryOf(std::string_view data)
{
    SummaryWriter writer;
    if (data.size() > longestParsed) {
        writer.append(data);
        return writer.take();
    }
    const auto value = parseStoredJson(data);
    if (!value)
        writer.append(data);
    else if (value->isObject())
        writer.appendMembers(*value);
    else
        writer.appendJson(*value);
    return writer.take();
}

} // namespace eventloupe
