#include "testcase/sourcetemplate.h"

#include "testcase/exampletext.h"
#include "testcase/testcasetext.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr std::array filters { "string", "value", "type", "member", "comment", "file", "number" };
constexpr std::size_t mostParts = 10'000;
constexpr qsizetype longestText = 64LL * 1024 * 1024; ///< What is made, in characters.

Error atLine(int line, const QString& message)
{
    return { ErrorCode::InvalidInput, TestCaseText::tr("line %1: %2").arg(line).arg(message) };
}

bool isTrue(const JsonValue* value)
{
    if (!value || value->isNull())
        return false;
    if (value->isBool())
        return value->toBool();
    return !((value->isArray() || value->isString()) && value->size() == 0
        && value->toView().empty());
}

} // namespace

class SourceTemplate::Parser {
public:
    explicit Parser(const QString& text)
        : m_text(text)
    {
    }

    Result<std::vector<Part>> parse()
    {
        while (m_at < m_text.size()) {
            const auto open = m_text.indexOf(QStringLiteral("{{"), m_at);
            if (open < 0)
                break;
            const auto close = m_text.indexOf(QStringLiteral("}}"), open);
            const int line = lineOf(open);
            if (close < 0)
                return atLine(line, TestCaseText::tr("\"{{\" has no \"}}\""));
            const QString tag = m_text.mid(open + 2, close - open - 2).trimmed();
            const bool isBlock = tag.startsWith(u'#') || tag.startsWith(u'^')
                || tag.startsWith(u'/') || tag.startsWith(u'!');
            qsizetype end = close + 2;
            qsizetype begin = open;
            if (isBlock)
                takeLine(begin, end);
            addText(m_text.mid(m_at, begin - m_at));
            m_at = end;
            const auto added = addTag(tag, line);
            if (!added)
                return added.error();
            if (m_parts.size() > mostParts)
                return atLine(line, TestCaseText::tr("the template is too long"));
        }
        addText(m_text.mid(m_at));
        if (!m_open.empty()) {
            const Part& part = m_parts[m_open.back()];
            return atLine(
                part.line, TestCaseText::tr("\"%1\" has no {{/%1}}").arg(part.text));
        }
        return std::move(m_parts);
    }

private:
    [[nodiscard]] int lineOf(qsizetype place) const
    {
        return int(QStringView(m_text).left(place).count(u'\n')) + 1;
    }

    /// Widens a tag to its whole line where nothing else stands there.
    void takeLine(qsizetype& begin, qsizetype& end) const
    {
        qsizetype left = begin;
        while (left > m_at && (m_text.at(left - 1) == u' ' || m_text.at(left - 1) == u'\t'))
            --left;
        if (left > 0 && m_text.at(left - 1) != u'\n')
            return;
        const auto right = m_text.indexOf(u'\n', end);
        const auto lineEnd = right < 0 ? m_text.size() : right;
        if (!m_text.mid(end, lineEnd - end).trimmed().isEmpty())
            return;
        begin = left;
        end = right < 0 ? lineEnd : right + 1;
    }

    void addText(const QString& text)
    {
        if (!text.isEmpty())
            m_parts.push_back({ Kind::Text, text, {}, 0, 0 });
    }

    Result<void> addTag(const QString& tag, int line)
    {
        const QString name = tag.mid(1).trimmed();
        if (tag.startsWith(u'!'))
            return {};
        if (tag.startsWith(u'#') || tag.startsWith(u'^')) {
            m_open.push_back(m_parts.size());
            const Kind kind = tag.startsWith(u'#') ? Kind::Section : Kind::Inverted;
            m_parts.push_back({ kind, name, {}, 0, line });
            return {};
        }
        if (tag.startsWith(u'/')) {
            if (m_open.empty() || m_parts[m_open.back()].text != name)
                return atLine(line, TestCaseText::tr("{{/%1}} ends nothing").arg(name));
            m_parts[m_open.back()].end = m_parts.size();
            m_open.pop_back();
            m_parts.push_back({ Kind::End, name, {}, 0, line });
            return {};
        }
        const QString value = tag.section(u'|', 0, 0).trimmed();
        const QString filter = tag.section(u'|', 1).trimmed();
        const bool isKnown = std::any_of(filters.begin(), filters.end(),
            [&filter](const char* known) { return filter == QLatin1String(known); });
        if (!isKnown) {
            return atLine(line,
                TestCaseText::tr("{{%1}} needs one of the filters string, value, type, member, "
                                 "comment, file or number, as in {{%2|string}}")
                    .arg(tag, value));
        }
        m_parts.push_back({ Kind::Value, value, filter, 0, line });
        return {};
    }

    QString m_text;
    qsizetype m_at = 0;
    std::vector<Part> m_parts;
    std::vector<std::size_t> m_open;
};

class SourceTemplate::Renderer {
public:
    Renderer(const SourceTemplate& source, const JsonValue& root)
        : m_source(source)
        , m_scopes { root }
    {
    }

    Result<QString> render()
    {
        const auto done = renderRange(0, m_source.m_parts.size());
        if (!done)
            return done.error();
        return m_text;
    }

private:
    /// Sections lie in each other no deeper than the template's text has them.
    Result<void> renderRange(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i) {
            const Part& part = m_source.m_parts[i];
            Result<void> done;
            if (part.kind == Kind::Text) {
                m_text += part.text;
            } else if (part.kind == Kind::Value) {
                done = renderValue(part);
            } else if (part.kind == Kind::Section) {
                done = renderSection(part, i);
                i = part.end;
            } else if (part.kind == Kind::Inverted) {
                const auto value = find(part.text);
                if (!isTrue(value ? &*value : nullptr))
                    done = renderRange(i + 1, part.end);
                i = part.end;
            }
            if (!done)
                return done;
            if (m_text.size() > longestText)
                return atLine(part.line, TestCaseText::tr("what comes of it is too long"));
        }
        return {};
    }

    Result<void> renderSection(const Part& part, std::size_t at)
    {
        const auto value = find(part.text);
        if (!value || !isTrue(&*value))
            return {};
        const bool isArray = value->isArray();
        const qsizetype count = isArray ? value->size() : 1;
        for (qsizetype i = 0; i < count; ++i) {
            JsonValue scope = isArray ? value->elements()[std::size_t(i)] : *value;
            if (isArray && scope.isObject()) {
                scope.insert("first", JsonValue::fromBool(i == 0));
                scope.insert("last", JsonValue::fromBool(i + 1 == count));
                scope.insert("index", JsonValue::fromInt(i));
                scope.insert("number", JsonValue::fromInt(i + 1));
            }
            m_scopes.push_back(std::move(scope));
            const auto done = renderRange(at + 1, part.end);
            m_scopes.pop_back();
            if (!done)
                return done;
        }
        return {};
    }

    [[nodiscard]] std::optional<JsonValue> find(const QString& name) const
    {
        const QStringList path = name.split(u'.');
        for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
            if (name == u".")
                return *scope;
            const JsonValue* value = scope->find(viewOf(path.first().toUtf8()));
            if (!value)
                continue;
            for (const QString& next : path.mid(1))
                value = value ? value->find(viewOf(next.toUtf8())) : nullptr;
            return value ? std::optional(*value) : std::nullopt;
        }
        return std::nullopt;
    }

    Result<void> renderValue(const Part& part)
    {
        const auto value = find(part.text);
        if (!value)
            return atLine(
                part.line, TestCaseText::tr("there is nothing named '%1'").arg(part.text));
        if (part.filter == u"value") {
            m_text += valueExpression(m_source.m_language, *value);
            return {};
        }
        if (part.filter == u"number") {
            if (!value->isInteger())
                return atLine(part.line, TestCaseText::tr("'%1' is no number").arg(part.text));
            m_text += QString::fromUtf8(value->toJson());
            return {};
        }
        if (!value->isString())
            return atLine(part.line, TestCaseText::tr("'%1' is no text").arg(part.text));
        m_text += filtered(part.filter, value->toString());
        return {};
    }

    [[nodiscard]] QString filtered(const QString& filter, const QString& text) const
    {
        if (filter == u"string")
            return stringLiteral(m_source.m_language, text);
        if (filter == u"type")
            return typeName(text);
        if (filter == u"member")
            return memberName(m_source.m_language, text);
        return filter == u"file" ? slugOf(text) : commentText(text);
    }

    const SourceTemplate& m_source;
    std::vector<JsonValue> m_scopes;
    QString m_text;
};

Result<SourceTemplate> SourceTemplate::parse(SourceLanguage language, const QString& text)
{
    auto parts = Parser(text).parse();
    if (!parts)
        return parts.error();
    SourceTemplate made;
    made.m_language = language;
    made.m_parts = std::move(*parts);
    return made;
}

Result<QString> SourceTemplate::render(const JsonValue& root) const
{
    return Renderer(*this, root).render();
}

} // namespace eventloupe
