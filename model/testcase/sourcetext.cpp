#include "testcase/sourcetext.h"

#include "value/json.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>
#include <QStringList>

namespace eventloupe {

namespace {

/// Python's parser refuses deeper literals; 3.8 does from 100 brackets on.
constexpr int deepestLiteral = 50;

bool isHidden(char32_t sign)
{
    return sign < 0x20 || (sign >= 0x7f && sign < 0xa0) || sign == 0xad
        || QChar::category(sign) == QChar::Other_Format
        || QChar::category(sign) == QChar::Separator_Line
        || QChar::category(sign) == QChar::Separator_Paragraph;
}

QString hex(char32_t sign, int digits)
{
    return QStringLiteral("%1").arg(quint32(sign), digits, 16, QLatin1Char('0'));
}

/// Java reads \uXXXX before it knows of strings, so what it must not see as itself is octal.
QString escapedInJava(char32_t sign)
{
    if (sign < 0x100)
        return QStringLiteral("\\%1").arg(quint32(sign), 3, 8, QLatin1Char('0'));
    if (sign < 0x10000)
        return QStringLiteral("\\u") + hex(sign, 4);
    return QStringLiteral("\\u%1\\u%2")
        .arg(hex(QChar::highSurrogate(sign), 4), hex(QChar::lowSurrogate(sign), 4));
}

QString escaped(SourceLanguage language, char32_t sign)
{
    switch (language) {
    case SourceLanguage::Java:
        return escapedInJava(sign);
    case SourceLanguage::TypeScript:
        return sign < 0x10000 ? QStringLiteral("\\u") + hex(sign, 4)
                              : QStringLiteral("\\u{%1}").arg(hex(sign, 1));
    case SourceLanguage::CSharp:
    case SourceLanguage::Python:
        break;
    }
    return sign < 0x10000 ? QStringLiteral("\\u") + hex(sign, 4)
                          : QStringLiteral("\\U") + hex(sign, 8);
}

/// As it is: QString::fromUtf8() takes a byte order mark away.
QString exactText(const QByteArray& utf8)
{
    return QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom)(utf8);
}

/// A value, written piece by piece; nothing recurses.
class LiteralWriter {
public:
    explicit LiteralWriter(SourceLanguage language)
        : m_language(language)
    {
    }

    QString write(const JsonValue& root)
    {
        m_open.push_back({ &root, 0 });
        begin(root);
        while (!m_open.empty()) {
            Level& level = m_open.back();
            if (level.next == level.value->size()) {
                end(*level.value);
                m_open.pop_back();
                continue;
            }
            if (level.next > 0)
                m_text += QStringLiteral(", ");
            const auto at = std::size_t(level.next++);
            const JsonValue* child = nullptr;
            if (level.value->isArray()) {
                child = &level.value->elements()[at];
            } else {
                const auto& member = level.value->members()[at];
                writeKey(exactText(member.key));
                child = &member.value;
            }
            begin(*child);
            if (child->isArray() || child->isObject())
                m_open.push_back({ child, 0 });
        }
        return m_text;
    }

private:
    struct Level {
        const JsonValue* value;
        qsizetype next;
    };

    void begin(const JsonValue& value)
    {
        const bool isPython = m_language == SourceLanguage::Python;
        if (value.isArray())
            m_text += u'[';
        else if (value.isObject())
            m_text += value.size() > 0 && !isPython ? QStringLiteral("{ ") : QStringLiteral("{");
        else if (value.isString())
            m_text += stringLiteral(m_language, exactText(value.toUtf8()));
        else if (isPython && value.isNull())
            m_text += QStringLiteral("None");
        else if (isPython && value.isBool())
            m_text += value.toBool() ? QStringLiteral("True") : QStringLiteral("False");
        else
            m_text += QString::fromUtf8(value.toJson());
    }

    void end(const JsonValue& value)
    {
        if (value.isArray())
            m_text += u']';
        else if (value.isObject())
            m_text += value.size() > 0 && m_language != SourceLanguage::Python
                ? QStringLiteral(" }")
                : QStringLiteral("}");
    }

    void writeKey(const QString& key)
    {
        const QString text = stringLiteral(m_language, key);
        // The plain name would set the object's prototype (ECMAScript, B.3.1).
        if (m_language == SourceLanguage::TypeScript && key == u"__proto__")
            m_text += u'[' + text + u']';
        else
            m_text += text;
        m_text += QStringLiteral(": ");
    }

    SourceLanguage m_language;
    std::vector<Level> m_open;
    QString m_text;
};

int depthOf(const JsonValue& value)
{
    std::vector<const JsonValue*> level { &value };
    int depth = 0;
    while (!level.empty() && depth <= deepestLiteral) {
        ++depth;
        std::vector<const JsonValue*> inner;
        for (const JsonValue* at : level) {
            for (const JsonValue& element : at->elements())
                inner.push_back(&element);
            for (const auto& member : at->members())
                inner.push_back(&member.value);
        }
        level = std::move(inner);
    }
    return depth;
}

/// "ITEM_ADDED" as "item", "added".
QStringList wordsOf(const QString& text)
{
    static const QRegularExpression word(
        QStringLiteral("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+"));
    static const QRegularExpression separators(QStringLiteral("[\\\\/:$]+"));
    const QStringList parts = text.split(separators, Qt::SkipEmptyParts);
    QString name = parts.isEmpty() ? text : parts.last();
    const auto dot = name.lastIndexOf(u'.');
    if (dot >= 0 && dot + 1 < name.size() && name.at(dot + 1).isUpper())
        name = name.mid(dot + 1);
    QStringList words;
    for (auto match = word.globalMatch(name.left(200)); match.hasNext();)
        words.append(match.next().captured().toLower());
    return words;
}

QString joined(const QStringList& words, bool isType)
{
    QString name;
    for (const QString& word : words)
        name += name.isEmpty() && !isType ? word : word.at(0).toUpper() + word.mid(1);
    return name;
}

QString usable(QString name, const QString& fallback)
{
    static const QSet<QString> reserved { QStringLiteral("new"), QStringLiteral("delete"),
        QStringLiteral("class"), QStringLiteral("return"), QStringLiteral("import"),
        QStringLiteral("default"), QStringLiteral("switch"), QStringLiteral("case"),
        QStringLiteral("for"), QStringLiteral("while"), QStringLiteral("if"),
        QStringLiteral("else"), QStringLiteral("do"), QStringLiteral("try"),
        QStringLiteral("pass"), QStringLiteral("raise"), QStringLiteral("yield"),
        QStringLiteral("from"), QStringLiteral("with"), QStringLiteral("is"),
        QStringLiteral("in"), QStringLiteral("not"), QStringLiteral("and"), QStringLiteral("or"),
        QStringLiteral("assert"), QStringLiteral("break"), QStringLiteral("continue"),
        QStringLiteral("void"), QStringLiteral("true"), QStringLiteral("false"),
        QStringLiteral("null"), QStringLiteral("None"), QStringLiteral("True"),
        QStringLiteral("False"), QStringLiteral("lambda"), QStringLiteral("public"),
        QStringLiteral("private"), QStringLiteral("static"), QStringLiteral("this"),
        QStringLiteral("lock"), QStringLiteral("object"), QStringLiteral("string"),
        QStringLiteral("event"), QStringLiteral("transfer") };
    if (name.isEmpty())
        return fallback;
    if (name.at(0).isDigit())
        name.prepend(u'_');
    return reserved.contains(name) ? name + u'_' : name;
}

} // namespace

std::optional<SourceLanguage> sourceLanguageFromName(const QString& name)
{
    if (name == u"typescript")
        return SourceLanguage::TypeScript;
    if (name == u"csharp")
        return SourceLanguage::CSharp;
    if (name == u"java")
        return SourceLanguage::Java;
    if (name == u"python")
        return SourceLanguage::Python;
    return std::nullopt;
}

QString stringLiteral(SourceLanguage language, const QString& text)
{
    QString literal(1, u'"');
    for (const char32_t sign : text.toUcs4()) {
        if (sign == U'"' || sign == U'\\')
            literal += u'\\' + QChar(char16_t(sign));
        else if (sign == U'\n')
            literal += QStringLiteral("\\n");
        else if (sign == U'\r')
            literal += QStringLiteral("\\r");
        else if (sign == U'\t')
            literal += QStringLiteral("\\t");
        else if (isHidden(sign))
            literal += escaped(language, sign);
        else
            literal += QStringView(QChar::fromUcs4(sign));
    }
    return literal + u'"';
}

QString valueExpression(SourceLanguage language, const JsonValue& value)
{
    if (language == SourceLanguage::CSharp || language == SourceLanguage::Java)
        return stringLiteral(language, QString::fromUtf8(value.toJson()));
    if (language == SourceLanguage::Python && depthOf(value) > deepestLiteral)
        return QStringLiteral("json.loads(%1)")
            .arg(stringLiteral(language, QString::fromUtf8(value.toJson())));
    // A scalar has no members to go through.
    return LiteralWriter(language).write(value);
}

QString commentText(const QString& text)
{
    QString comment;
    for (const char32_t sign : text.toUcs4()) {
        if (isHidden(sign))
            comment += u' ';
        else if (sign == U'\\') // Java reads \u000a in comments as a line's end, too.
            comment += u'/';
        else
            comment += QStringView(QChar::fromUcs4(sign));
    }
    return comment.replace(QStringLiteral("*/"), QStringLiteral("* /"));
}

QString typeName(const QString& text)
{
    return usable(joined(wordsOf(text), true), QStringLiteral("Unnamed"));
}

QString memberName(SourceLanguage language, const QString& text)
{
    const auto words = wordsOf(text);
    return usable(language == SourceLanguage::Python ? words.join(u'_') : joined(words, false),
        QStringLiteral("unnamed"));
}

} // namespace eventloupe
