#include "domain/definitioncheck.h"
#include "domain/definitioncompletion.h"
#include "domain/definitionformat.h"
#include "domain/domaintext.h"
#include "domain/jsontracker.h"
#include "domain/nearname.h"
#include "value/event.h"
#include "value/json.h"

#include <QRegularExpression>

// What may mend a fault follows from the format and the names at its place, not from its message.

namespace eventloupe {

namespace {

QString literalOf(const QString& text)
{
    QByteArray literal;
    appendJsonString(literal, viewOf(text.toUtf8()));
    return QString::fromUtf8(literal);
}

DefinitionFix change(int start, int length, const QString& to, const QString& name)
{
    return { DomainText::tr("Change to '%1'").arg(name), start, length, to, {} };
}

/// Fixes at one place, in the order in which they are worth a try.
class Fixer {
public:
    Fixer(const QString& path, const QString& text, int offset, const DefinitionNames& names)
        : m_text(text)
        , m_offset(offset)
        , m_names(names)
        , m_format(DefinitionFormat::of(*definitionKindOf(path)))
    {
    }

    QList<DefinitionFix> run()
    {
        JsonTracker tracker;
        const auto lineStart = m_offset > 0 ? m_text.lastIndexOf(u'\n', m_offset - 1) + 1 : 0;
        for (const QStringView line : QStringView(m_text).left(lineStart).split(u'\n'))
            static_cast<void>(tracker.feed(line));
        auto lineEnd = m_text.indexOf(u'\n', lineStart);
        lineEnd = lineEnd < 0 ? m_text.size() : lineEnd;
        m_lineStart = static_cast<int>(lineStart);
        m_line = QStringView(m_text).mid(lineStart, lineEnd - lineStart);
        for (const JsonToken& token : tracker.feed(m_line)) {
            if (m_lineStart + token.start <= m_offset && m_offset < m_lineStart + token.end())
                take(token);
        }
        return m_fixes;
    }

private:
    void take(const JsonToken& token)
    {
        m_start = m_lineStart + token.start;
        m_length = token.length;
        const QStringView literal = m_line.mid(token.start, token.length);
        if (token.kind == JsonToken::Kind::Key) {
            const TextUse use = m_format.useOfKey(token.path);
            if (use.kind == TextUse::Kind::Template)
                fixExpression(use);
            else
                fixKey(token, decodedJsonString(literal), use);
        } else if (token.kind == JsonToken::Kind::String) {
            fixText(token, decodedJsonString(literal));
        } else if (token.kind == JsonToken::Kind::Sign && literal == u"{") {
            addMissing(token);
        } else {
            offerValues(token.path, {});
        }
    }

    void fixKey(const JsonToken& token, const QString& name, const TextUse& use)
    {
        QStringList known;
        for (const FormatMember& member :
            m_format.membersAt(token.path.mid(0, token.path.size() - 1)))
            known.append(member.name);
        if (use.kind == TextUse::Kind::Name)
            known += m_names.events();
        if (!known.contains(name))
            changeToNearest(name, known);
        if (use.kind == TextUse::Kind::Name)
            offerEvent(name);
    }

    void fixText(const JsonToken& token, const QString& value)
    {
        const TextUse use = m_format.useOfValue(token.path);
        if (use.kind == TextUse::Kind::Expression || use.kind == TextUse::Kind::Template) {
            fixExpression(use);
        } else if (use.kind == TextUse::Kind::Name) {
            const bool isCommand = use.scope == u"commands";
            const QStringList known
                = isCommand ? m_names.commands() : m_names.workspace().events().keys();
            if (!known.contains(value))
                changeToNearest(value, known);
            if (isCommand)
                offerFile(DefinitionKind::Command, value, m_names.commands());
            else
                offerEvent(value);
        }
        offerValues(token.path, value);
    }

    void changeToNearest(const QString& name, const QStringList& known)
    {
        if (const QString nearest = nearestOf(name, known); !nearest.isEmpty())
            m_fixes.append(change(m_start, m_length, literalOf(nearest), nearest));
    }

    void offerEvent(const QString& type)
    {
        offerFile(DefinitionKind::Event, type, m_names.workspace().events().keys());
    }

    void offerFile(DefinitionKind kind, const QString& name, const QStringList& known)
    {
        static const QRegularExpression safe(QStringLiteral("^[\\w][\\w .-]{0,99}$"));
        if (known.contains(name) || !safe.match(name).hasMatch())
            return;
        const QString file = fileNameOf(folderOf(kind), name);
        m_fixes.append(
            { DomainText::tr("Create %1").arg(file), 0, 0, definitionTemplate(kind, name), file });
    }

    void offerValues(const QStringList& place, const QString& present)
    {
        constexpr qsizetype most = 4;
        const QStringList values = m_format.valuesAt(place);
        if (values.contains(literalOf(present)))
            return;
        for (const QString& value : values.mid(0, most))
            m_fixes.append(
                { DomainText::tr("Change to %1").arg(value), m_start, m_length, value, {} });
    }

    /// The word at the fault is taken for a name that is misspelt.
    void fixExpression(const TextUse& use)
    {
        const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
        int start = m_offset;
        while (start > m_start && isWord(m_text.at(start - 1)))
            --start;
        int end = m_offset;
        while (end < m_text.size() && isWord(m_text.at(end)))
            ++end;
        const QString word = m_text.mid(start, end - start);
        QStringList known = expressionNames(use.scope);
        for (QString& name : known)
            name.remove(QStringLiteral("()"));
        if (word.isEmpty() || known.contains(word))
            return;
        if (const QString nearest = nearestOf(word, known); !nearest.isEmpty())
            m_fixes.append(change(start, end - start, nearest, nearest));
    }

    void addMissing(const JsonToken& token)
    {
        JsonTracker inside;
        QStringList present;
        const auto depth = token.path.size() + 1;
        for (const QStringView line : QStringView(m_text).split(u'\n')) {
            for (const JsonToken& other : inside.feed(line)) {
                if (other.kind == JsonToken::Kind::Key && other.path.size() == depth
                    && other.path.mid(0, depth - 1) == token.path)
                    present.append(other.path.last());
            }
        }
        const auto indent = QString(depth * 2, u' ');
        for (const FormatMember& member : m_format.membersAt(token.path)) {
            if (!member.isRequired || present.contains(member.name))
                continue;
            const QString text
                = QStringLiteral("\n%1%2: %3%4")
                      .arg(indent, literalOf(member.name), member.sample,
                          present.isEmpty() ? QStringLiteral("\n") : QStringLiteral(","));
            m_fixes.append(
                { DomainText::tr("Add \"%1\"").arg(member.name), m_start + 1, 0, text, {} });
        }
    }

    const QString& m_text;
    int m_offset;
    const DefinitionNames& m_names;
    const DefinitionFormat& m_format;
    QStringView m_line;
    int m_lineStart = 0;
    int m_start = 0; ///< Of the token.
    int m_length = 0;
    QList<DefinitionFix> m_fixes;
};

} // namespace

QList<DefinitionFix> fixesAt(
    const QString& path, const QString& text, int offset, const DefinitionNames& names)
{
    if (!definitionKindOf(path))
        return {};
    return Fixer(path, text, offset, names).run();
}

} // namespace eventloupe
