#include "domain/derivedid.h"

#include "value/uuid.h"

#include <QCryptographicHash>

namespace eventloupe {

QByteArray deriveUuid(const CommandContext& context, IdPurpose purpose, quint32 number)
{
    const QByteArray seed = (purpose == IdPurpose::Event ? "event/" : "expression/")
        + QByteArray::number(number) + '/' + context.uuidSeed.toUtf8();
    const QByteArray digest = QCryptographicHash::hash(seed, QCryptographicHash::Sha256);
    std::array<unsigned char, 16> bytes {};
    const auto milliseconds = static_cast<quint64>(context.now.microseconds / 1000);
    for (std::size_t i = 0; i < 6; ++i)
        bytes.at(i) = static_cast<unsigned char>(milliseconds >> (8 * (5 - i)) & 0xFFU);
    bytes[6] = static_cast<unsigned char>(0x70U | (number >> 8U & 0x0FU));
    bytes[7] = static_cast<unsigned char>(number & 0xFFU);
    for (std::size_t i = 8; i < bytes.size(); ++i)
        bytes.at(i) = static_cast<unsigned char>(digest.at(static_cast<qsizetype>(i)));
    bytes[8] = static_cast<unsigned char>(0x80U | (bytes[8] & 0x3FU));
    return unpackUuid(bytes.data());
}

} // namespace eventloupe
