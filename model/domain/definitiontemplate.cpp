#include "domain/definitioncheck.h"
#include "domain/definitiontexts.h"
#include "domain/schemafiles.h"
#include "value/event.h"
#include "value/json.h"

#include <array>

// What new definitions begin with. Titles and descriptions say what to write where.

namespace eventloupe {

namespace {

constexpr const char* workspaceText = "{\n  \"name\": %1,\n  \"store\": \"events.eventlog\"\n}\n";

constexpr const char* aggregateText
    = "{\n"
      "  \"category\": %1,\n"
      "  \"title\": %2,\n"
      "  \"description\": \"What it stands for; its streams are %3-1, %3-2, ...\",\n"
      "  \"initialState\": {},\n"
      "  \"headline\": [\"/name\"]\n"
      "}\n";

constexpr const char* eventText = "{\n"
                                  "  \"type\": %1,\n"
                                  "  \"title\": %2,\n"
                                  "  \"description\": \"What has happened.\",\n"
                                  "  \"schema\": {\n"
                                  "    \"type\": \"object\",\n"
                                  "    \"properties\": {\n"
                                  "      \"name\": {\"title\": \"Name\", \"type\": \"string\"}\n"
                                  "    }\n"
                                  "  },\n"
                                  "  \"evolve\": {\n"
                                  "    \"/name\": \"data.name\"\n"
                                  "  }\n"
                                  "}\n";

constexpr const char* commandText
    = "{\n"
      "  \"title\": %2,\n"
      "  \"description\": \"What is asked for.\",\n"
      "  \"stream\": \"thing-{data.id}\",\n"
      "  \"schema\": {\n"
      "    \"type\": \"object\",\n"
      "    \"required\": [\"id\", \"name\"],\n"
      "    \"properties\": {\n"
      "      \"id\": {\"title\": \"Id\", \"type\": \"string\", \"minLength\": 1},\n"
      "      \"name\": {\"title\": \"Name\", \"type\": \"string\", \"minLength\": 1}\n"
      "    }\n"
      "  },\n"
      "  \"require\": [\n"
      "    {\"that\": \"!exists\", \"message\": \"{data.id} exists already\"}\n"
      "  ],\n"
      "  \"emit\": [\n"
      "    {\"type\": \"THING_CREATED\", \"data\": {\"name\": \"data.name\"}}\n"
      "  ]\n"
      "}\n";

constexpr const char* projectionText
    = "{\n"
      "  \"title\": %2,\n"
      "  \"description\": \"What the table tells; a row for each stream.\",\n"
      "  \"key\": \"event.stream\",\n"
      "  \"columns\": [\n"
      "    {\"name\": \"count\", \"title\": \"Count\", \"type\": \"number\"}\n"
      "  ],\n"
      "  \"initialRow\": {\"count\": 0},\n"
      "  \"evolve\": {\n"
      "    \"THING_CREATED\": {\"/count\": \"row.count + 1\"}\n"
      "  }\n"
      "}\n";

constexpr const char* exampleText = "{\n"
                                    "  \"title\": %2,\n"
                                    "  \"given\": [],\n"
                                    "  \"when\": {\"command\": %4, \"data\": {}},\n"
                                    "  \"then\": []\n"
                                    "}\n";

const char* textOf(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Workspace:
        return workspaceText;
    case DefinitionKind::Aggregate:
        return aggregateText;
    case DefinitionKind::Event:
        return eventText;
    case DefinitionKind::Command:
        return commandText;
    case DefinitionKind::Projection:
        return projectionText;
    case DefinitionKind::Example:
        return exampleText;
    }
    return "{}\n";
}

QString literalOf(const QString& text)
{
    QByteArray literal;
    appendJsonString(literal, viewOf(text.toUtf8()));
    return QString::fromUtf8(literal);
}

} // namespace

QString readableTitle(const QString& name)
{
    QString title = name;
    title.replace(u'_', u' ');
    const bool isShouted = title == title.toUpper();
    return title.left(1).toUpper() + (isShouted ? title.mid(1).toLower() : title.mid(1));
}

QString definitionTemplate(DefinitionKind kind, const QString& name, const QString& command)
{
    const QString text = QString::fromLatin1(textOf(kind));
    // Not arg(), which takes what is in a name for a place of its own.
    const std::array values { literalOf(name), literalOf(readableTitle(name)),
        literalOf(name).mid(1).chopped(1), literalOf(command) };
    QString filled;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int number = text.at(at) == u'%' ? text.at(++at).digitValue() : 0;
        filled
            += number > 0 ? values.at(static_cast<std::size_t>(number - 1)) : QString(text.at(at));
    }
    const QString folder = folderOf(kind);
    return QString::fromUtf8(withSchemaFile(filled.toUtf8(),
        folder.isEmpty() ? workspaceFileName() : folder + QStringLiteral("/a.json")));
}

} // namespace eventloupe
