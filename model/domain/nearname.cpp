#include "domain/nearname.h"

#include "expression/nearestname.h"
#include "value/event.h"

#include <vector>

namespace eventloupe {

namespace {

/// Calls with the name and the candidates as views.
template <class Call> auto withViews(const QString& name, const QStringList& candidates, Call call)
{
    QList<QByteArray> texts;
    for (const QString& candidate : candidates)
        texts.append(candidate.toUtf8());
    std::vector<std::string_view> known;
    for (const QByteArray& text : texts)
        known.push_back(viewOf(text));
    const QByteArray utf8 = name.toUtf8();
    return call(viewOf(utf8), known);
}

} // namespace

QString didYouMean(const QString& name, const QStringList& candidates)
{
    return withViews(name, candidates,
        [](std::string_view text, const auto& known) { return nearestNameHint(text, known); });
}

QString nearestOf(const QString& name, const QStringList& candidates)
{
    return withViews(name, candidates, [](std::string_view text, const auto& known) {
        return QString::fromUtf8(toBytes(nearestName(text, known)));
    });
}

} // namespace eventloupe
