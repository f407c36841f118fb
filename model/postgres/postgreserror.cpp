#include "postgres/postgreserror.h"

#include <QRegularExpression>
#include <QStringList>

#include <utility>

namespace eventloupe {

namespace {

constexpr qsizetype shortestScrubbed = 3; // A shorter one would blacken every message.

const QRegularExpression& verboseState()
{
    static const QRegularExpression pattern(QStringLiteral(":\\s+(?=[A-Z]*[0-9])([0-9A-Z]{5}): "));
    return pattern;
}

} // namespace

ErrorCode codeOfSqlState(const QByteArray& state)
{
    static const std::pair<const char*, ErrorCode> exact[] = {
        { "55P03", ErrorCode::Busy }, // lock_not_available
        { "40001", ErrorCode::Busy }, // serialization_failure
        { "40P01", ErrorCode::Busy }, // deadlock_detected
        { "57014", ErrorCode::Cancelled }, // query_canceled
        { "23505", ErrorCode::AlreadyExists }, // unique_violation
        { "25006", ErrorCode::ReadOnly }, // read_only_sql_transaction
        { "42501", ErrorCode::ReadOnly }, // insufficient_privilege
        { "3D000", ErrorCode::NotFound }, // invalid_catalog_name
        { "3F000", ErrorCode::NotFound }, // invalid_schema_name
        { "42P01", ErrorCode::NotFound }, // undefined_table
        { "53100", ErrorCode::DiskFull }, // disk_full
        { "0A000", ErrorCode::Unsupported }, // feature_not_supported
        { "XX001", ErrorCode::Corrupt }, // data_corrupted
        { "XX002", ErrorCode::Corrupt }, // index_corrupted
    };
    for (const auto& [known, code] : exact)
        if (state == known)
            return code;
    if (state.startsWith("28")) // invalid_authorization_specification
        return ErrorCode::InvalidArgument;
    return state.startsWith("22") ? ErrorCode::InvalidInput : ErrorCode::InputOutput;
}

bool isWorthRetrying(const QByteArray& state)
{
    return state == "40001" || state == "40P01";
}

QByteArray sqlStateIn(const char* verboseMessage)
{
    return verboseState().match(QString::fromUtf8(verboseMessage)).captured(1).toLatin1();
}

QString cleanMessage(const char* message, const QByteArray& secret)
{
    QStringList lines;
    const QStringList given = QString::fromUtf8(message).split(QLatin1Char('\n'));
    for (const QString& line : given)
        if (!line.startsWith(QLatin1String("LOCATION:")) && !line.trimmed().isEmpty())
            lines.append(line.simplified());
    QString text = lines.join(QLatin1Char(' '));
    text.replace(verboseState(), QStringLiteral(": "));
    if (secret.size() >= shortestScrubbed) {
        const QString hidden = QStringLiteral("***");
        text.replace(QString::fromUtf8(secret), hidden);
        text.replace(QString::fromLatin1(secret.toPercentEncoding()), hidden);
    }
    return text;
}

} // namespace eventloupe
