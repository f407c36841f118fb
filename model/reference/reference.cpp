#include "reference/reference.h"

#include "reference/memberrows.h"

#include <QFile>

#include <array>

// Resources of a static library are there only once they are asked for, outside any namespace.
static void makeChaptersAvailable()
{
    Q_INIT_RESOURCE(eventloupe_chapters);
}

namespace eventloupe {

namespace {

constexpr std::array kinds { DefinitionKind::Workspace, DefinitionKind::Aggregate,
    DefinitionKind::Event, DefinitionKind::Command, DefinitionKind::Projection,
    DefinitionKind::Example };
constexpr std::array kindNames { "workspace", "aggregate", "event", "command", "projection",
    "example" };

QString chapterText(const QString& name)
{
    QFile file(QStringLiteral(":/reference/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What a line "@members event" stands for; nothing for any other line.
QString generated(const QString& line)
{
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (line == QStringLiteral("@members ") + QLatin1String(kindNames.at(i)))
            return memberTable(kinds.at(i));
    }
    if (line == u"@language")
        return languageTable();
    return line == u"@keywords" ? keywordTable() : QString();
}

QString idOf(const QString& title)
{
    QString id = title.toLower();
    for (QChar& c : id)
        c = c.isLetterOrNumber() ? c : QChar(u'-');
    return id;
}

void addSections(const QString& text, const QString& chapter, QList<ReferenceSection>& sections)
{
    bool isCode = false;
    for (const QString& line : text.split(u'\n')) {
        isCode = isCode != line.startsWith(QStringLiteral("```"));
        const int level = isCode                     ? 0
            : line.startsWith(QStringLiteral("## ")) ? 2
            : line.startsWith(QStringLiteral("# "))  ? 1
                                                     : 0;
        if (level > 0) {
            const QString title = line.mid(level + 1);
            sections.append(
                { level == 1 ? chapter : chapter + u'/' + idOf(title), title, level, QString() });
        }
        if (sections.isEmpty())
            continue;
        const QString table = generated(line);
        sections.last().markdown += table.isEmpty() ? line + u'\n' : table;
    }
}

} // namespace

const QList<ReferenceSection>& referenceSections()
{
    static const QList<ReferenceSection> sections = [] {
        makeChaptersAvailable();
        QList<ReferenceSection> made;
        for (const QString& chapter : chapterText(QStringLiteral("order.txt")).split(u'\n')) {
            if (!chapter.isEmpty())
                addSections(
                    chapterText(chapter + QStringLiteral(".md")).trimmed() + u'\n', chapter, made);
        }
        return made;
    }();
    return sections;
}

QByteArray referencePage()
{
    QString page = QStringLiteral(
        "<!-- Made by: eventloupe reference. Change resources/reference instead. -->\n\n"
        "# Eventloupe: the reference\n\n");
    for (const ReferenceSection& section : referenceSections()) {
        const QString indent = section.level == 2 ? QStringLiteral("  ") : QString();
        page += QStringLiteral("%1- [%2](#%3)\n").arg(indent, section.title, section.id);
    }
    for (const ReferenceSection& section : referenceSections()) {
        page += QStringLiteral("\n<a id=\"%1\"></a>\n\n#").arg(section.id)
            + section.markdown.trimmed() + u'\n';
    }
    return page.toUtf8();
}

QList<ReferenceFile> definitionSchemas()
{
    QList<ReferenceFile> files;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        files.append({ QLatin1String(kindNames.at(i)) + QStringLiteral(".json"),
            DefinitionFormat::of(kinds.at(i)).schemaText() });
    return files;
}

} // namespace eventloupe
