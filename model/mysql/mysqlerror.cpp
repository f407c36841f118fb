#include "mysql/mysqlerror.h"

#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace eventloupe {

namespace {

constexpr qsizetype shortestScrubbed = 3; // A shorter one would blacken every message.

constexpr unsigned queryInterrupted = 1317;
constexpr unsigned statementTimeout = 1969; // MariaDB's
constexpr unsigned queryTimeout = 3024; // MySQL's
constexpr unsigned connectionKilled = 1927; // MariaDB's

} // namespace

ErrorCode codeOfMysqlError(unsigned number)
{
    static constexpr std::array<std::pair<unsigned, ErrorCode>, 22> known { {
        { 1040, ErrorCode::Busy }, // too many connections
        { 1203, ErrorCode::Busy }, // of one user
        { 1205, ErrorCode::Busy }, // lock wait timeout
        { 1213, ErrorCode::Busy }, // deadlock
        { 1412, ErrorCode::Busy }, // the table's definition has changed
        { queryInterrupted, ErrorCode::Cancelled },
        { statementTimeout, ErrorCode::Cancelled },
        { queryTimeout, ErrorCode::Cancelled },
        { 1792, ErrorCode::ReadOnly }, // in a read-only transaction
        { 1290, ErrorCode::ReadOnly }, // --read-only
        { 1044, ErrorCode::ReadOnly }, // no access to the database
        { 1142, ErrorCode::ReadOnly }, // to the table
        { 1143, ErrorCode::ReadOnly }, // to the column
        { 1227, ErrorCode::ReadOnly }, // a privilege is missing
        { 1045, ErrorCode::InvalidArgument }, // access denied
        { 1698, ErrorCode::InvalidArgument },
        { 1049, ErrorCode::NotFound }, // no such database
        { 1146, ErrorCode::NotFound }, // table
        { 1021, ErrorCode::DiskFull },
        { 1034, ErrorCode::Corrupt }, // key file
        { 1194, ErrorCode::Corrupt }, // table
        { 1235, ErrorCode::Unsupported },
    } };
    const auto found = std::ranges::find(known, number, &std::pair<unsigned, ErrorCode>::first);
    return found == known.end() ? ErrorCode::InputOutput : found->second;
}

bool isLostSession(unsigned number)
{
    // Those of the library, and what the server says as it ends a session.
    constexpr std::array lost { 2000U, 2002U, 2003U, 2006U, 2012U, 2013U, 2014U, 2020U, 2026U,
        2027U, 2055U, 1053U, 1080U, 1152U, 1153U, 1158U, 1159U, 1160U, 1161U, connectionKilled,
        4031U };
    return std::ranges::find(lost, number) != lost.end();
}

bool isStopped(unsigned number)
{
    return number == queryInterrupted || number == statementTimeout || number == queryTimeout;
}

bool wantsPassword(unsigned number)
{
    constexpr unsigned accessDenied = 1045;
    constexpr unsigned accessDeniedWithoutPassword = 1698;
    return number == accessDenied || number == accessDeniedWithoutPassword;
}

QString cleanMysqlMessage(const char* message, const QByteArray& secret)
{
    QByteArray text(message);
    if (secret.size() >= shortestScrubbed)
        text.replace(secret, "***").replace(secret.toPercentEncoding(), "***");
    return QString::fromUtf8(text).simplified();
}

} // namespace eventloupe
