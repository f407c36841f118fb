#include "exchange/exchangetext.h"

namespace eventloupe {

QString displayedFile(const QString& file)
{
    return file == QLatin1String("-") ? ExchangeText::tr("standard input") : file;
}

Error faultAt(const QString& file, qint64 line, qint64 byte, const QString& reason)
{
    return { ErrorCode::InvalidInput,
        ExchangeText::tr("%1:%2: byte %3: %4")
            .arg(displayedFile(file), QString::number(line), QString::number(byte), reason) };
}

} // namespace eventloupe
