#include "ui/command/streamfields.h"

#include <QRegularExpression>

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

bool beginsStream(const CommandDefinition& command)
{
    for (const auto& guard : command.guards) {
        auto source = guard.that.source();
        source.replace(' ', "");
        if (source == "!exists" || source == "exists==false" || source == "version==0")
            return true;
    }
    return false;
}

} // namespace eventloupe
