#include "ui/command/streamfields.h"

#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

namespace {

/// "data.user.id" as /user/id; nothing for any other expression.
std::optional<JsonPointer> pathBelowData(const QByteArray& source)
{
    static const QRegularExpression path(u"\\A\\s*data((?:\\.[A-Za-z_][A-Za-z0-9_]*)+)\\s*\\z"_qs);
    const auto match = path.match(QString::fromUtf8(source));
    if (!match.hasMatch())
        return std::nullopt;
    return JsonPointer(match.captured(1).mid(1).toUtf8().split('.'));
}

/// Whether a guard is one of these, written without spaces.
bool hasGuard(const CommandDefinition& command, const QByteArrayList& sources)
{
    return std::any_of(command.guards.begin(), command.guards.end(), [&](const Guard& guard) {
        auto source = guard.that.source();
        return sources.contains(source.replace(' ', ""));
    });
}

} // namespace

QList<JsonPointer> streamFields(const CommandDefinition& command)
{
    QList<JsonPointer> fields;
    for (const auto& expression : command.stream.expressions()) {
        const auto field = pathBelowData(expression.source());
        if (!field)
            return {};
        fields.append(*field);
    }
    return fields;
}

QList<std::pair<JsonPointer, QString>> fieldsOfStream(
    const CommandDefinition& command, const QString& stream)
{
    const auto fields = streamFields(command);
    const auto& literals = command.stream.literals();
    if (fields.isEmpty() || literals.size() != fields.size() + 1)
        return {};
    QString pattern = u"\\A"_qs;
    for (qsizetype i = 0; i < literals.size(); ++i) {
        pattern += QRegularExpression::escape(QString::fromUtf8(literals.at(i)));
        if (i + 1 < literals.size())
            pattern += i + 2 < literals.size() ? u"(.+?)"_qs : u"(.+)"_qs;
    }
    const QRegularExpression name(
        pattern + u"\\z"_qs, QRegularExpression::DotMatchesEverythingOption);
    const auto match = name.match(stream);
    QList<std::pair<JsonPointer, QString>> found;
    for (qsizetype i = 0; match.hasMatch() && i < fields.size(); ++i)
        found.append({ fields.at(i), match.captured(int(i) + 1) });
    return found;
}

QString streamOf(const CommandDefinition& command, const JsonValue& data)
{
    const auto fields = streamFields(command);
    const auto& literals = command.stream.literals();
    if (fields.isEmpty() || literals.size() != fields.size() + 1)
        return {};
    QString stream = QString::fromUtf8(literals.first());
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const auto* value = fields.at(i).resolve(data);
        if (value == nullptr)
            return {};
        stream += value->isString() ? value->toString() : QString::fromUtf8(value->toJson());
        stream += QString::fromUtf8(literals.at(i + 1));
    }
    return stream;
}

bool needsStream(const CommandDefinition& command)
{
    return hasGuard(command, { "exists", "exists==true", "version>0", "version>=1" });
}

bool beginsStream(const CommandDefinition& command)
{
    return hasGuard(command, { "!exists", "exists==false", "version==0" });
}

} // namespace eventloupe
