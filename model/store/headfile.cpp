#include "store/headfile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

namespace eventloupe {

namespace {

constexpr int digits = 20;
constexpr int lineSize = digits + 1 + 2 * static_cast<int>(sizeof(EventHash)) + 1;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

} // namespace

HeadFile::HeadFile(const QString& storePath)
    : m_path(storePath + QStringLiteral(".head"))
{
}

QByteArray HeadFile::encode(const LogHead& head)
{
    const auto* hash = reinterpret_cast<const char*>(head.hash.data());
    return QByteArray::number(head.position).rightJustified(digits, '0') + ' '
        + QByteArray(hash, static_cast<qsizetype>(head.hash.size())).toHex() + '\n';
}

std::optional<LogHead> HeadFile::decode(const QByteArray& line)
{
    if (line.size() != lineSize || line.at(digits) != ' ' || line.back() != '\n')
        return std::nullopt;
    LogHead head;
    bool isNumber = false;
    head.position = line.left(digits).toLongLong(&isNumber);
    const QByteArray hex = line.mid(digits + 1, lineSize - digits - 2);
    if (!isNumber || head.position < 0 || !std::all_of(hex.begin(), hex.end(), isHex))
        return std::nullopt;
    const QByteArray hash = QByteArray::fromHex(hex);
    std::memcpy(head.hash.data(), hash.constData(), head.hash.size());
    return head;
}

std::optional<LogHead> HeadFile::read() const
{
    QFile file(m_path);
    // A pipe of that name would never answer.
    if (!QFileInfo(m_path).isFile())
        return std::nullopt;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    return decode(file.read(lineSize + 1));
}

bool HeadFile::write(const LogHead& head) const
{
    QFile file(m_path);
    const bool isNew = !file.exists();
    if (!isNew && !QFileInfo(m_path).isFile())
        return false;
    // Not truncated: a crash between cutting and writing would forget what the file knew.
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return false;
    if (isNew)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray line = encode(head);
    return file.write(line) == line.size() && (file.size() == line.size() || file.resize(lineSize));
}

} // namespace eventloupe
