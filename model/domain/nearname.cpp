#include "domain/nearname.h"

#include "expression/nearestname.h"
#include "value/event.h"

#include <vector>

namespace eventloupe {

QString didYouMean(const QString& name, const QStringList& candidates)
{
    QList<QByteArray> texts;
    for (const QString& candidate : candidates)
        texts.append(candidate.toUtf8());
    std::vector<std::string_view> known;
    for (const QByteArray& text : texts)
        known.push_back(viewOf(text));
    const QByteArray utf8 = name.toUtf8();
    return nearestNameHint(viewOf(utf8), known);
}

} // namespace eventloupe
