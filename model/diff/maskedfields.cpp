#include "diff/maskedfields.h"

#include "diff/fieldpairs.h"
#include "mask/masked.h"

#include <QCoreApplication>

#include <utility>
#include <vector>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MaskedFields", text);
}

bool isMaskSign(const JsonValue& value)
{
    return value.isString() && value.toUtf8() == QByteArray::fromRawData(maskSign.data(),
               static_cast<qsizetype>(maskSign.size()));
}

} // namespace

qsizetype countMaskedFields(const JsonValue& old, const JsonValue& now)
{
    qsizetype count = 0;
    std::vector<std::pair<const JsonValue*, const JsonValue*>> rest { { &old, &now } };
    while (!rest.empty()) {
        const auto [before, after] = rest.back();
        rest.pop_back();
        if (isMaskSign(*before) && isMaskSign(*after))
            ++count;
        for (const FieldPair& pair : pairFields(after, before)) {
            if (pair.old && pair.now)
                rest.emplace_back(pair.old, pair.now);
        }
    }
    return count;
}

QString maskedFieldsText(qsizetype count)
{
    if (count == 0)
        return {};
    return count == 1 ? tr("1 masked field is not compared")
                      : tr("%1 masked fields are not compared").arg(count);
}

QString noDifferenceText(const QString& before, const QString& after, qsizetype maskedFields)
{
    if (maskedFields == 0)
        return tr("No difference from %1 to %2.").arg(before, after);
    return tr("Nothing that is shown differs from %1 to %2; %3.")
        .arg(before, after, maskedFieldsText(maskedFields));
}

} // namespace eventloupe
