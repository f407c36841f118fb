#include "ui/time/densitytip.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QPalette>
#include <QStringList>

#include <cmath>

namespace eventloupe {

namespace {

constexpr int mostLines = 8; ///< Of categories.

class TipText {
    Q_DECLARE_TR_FUNCTIONS(DensityTip)
};

QString wholeSeconds(Timestamp time)
{
    return time.toLocalText().section(u'.', 0, 0);
}

/// "2026-03-01 14:03:22 to 14:05:10", with the date again where it is another.
QString spanText(Timestamp start, Timestamp end)
{
    const QString from = wholeSeconds(start);
    const QString to = wholeSeconds(end);
    if (from == to)
        return from;
    const bool sameDay = from.section(u' ', 0, 0) == to.section(u' ', 0, 0);
    return TipText::tr("%1 to %2").arg(from, sameDay ? to.section(u' ', 1) : to);
}

QString shareText(double share)
{
    const auto percent = std::lround(share * 100);
    return percent == 0 ? TipText::tr("under 1 %") : TipText::tr("%1 %").arg(percent);
}

/// A square of the colour, then words.
QString shareLine(const QColor& colour, const QString& name, double share)
{
    return QStringLiteral("<tr><td style=\"color:%1\">&#9632;</td><td>%2&nbsp;</td>"
                          "<td align=\"right\">%3</td></tr>")
        .arg(colour.name(), name.toHtmlEscaped(), shareText(share).toHtmlEscaped());
}

QString sharesTable(const Density::Bucket& bucket, const QPalette& palette)
{
    double whole = 0;
    for (const auto& [category, samples] : bucket.categories)
        whole += samples;
    QString rows;
    int lines = 0;
    int others = 0;
    double rest = 0;
    for (const auto& [category, samples] : bucket.categories) {
        if (lines < mostLines && hasOwnColour(category)) {
            ++lines;
            rows += shareLine(
                categoryColour(category, palette), visibleText(category), samples / whole);
        } else {
            ++others;
            rest += samples;
        }
    }
    if (others > 0)
        rows += shareLine(otherCategoriesColour(palette),
            others == 1 ? TipText::tr("1 other category")
                        : TipText::tr("%1 other categories").arg(countText(others)),
            rest / whole);
    if (rows.isEmpty())
        return rows;
    const auto sampled = static_cast<qint64>(whole);
    const QString note = sampled < bucket.last - bucket.first + 1
        ? TipText::tr("shares estimated from %1 of them").arg(eventsText(sampled))
        : TipText::tr("shares of all of them");
    return QStringLiteral("<div style=\"white-space:nowrap\">%1</div><table>%2</table>")
        .arg(note.toHtmlEscaped(), rows);
}

} // namespace

QString rateText(double eventsPerSecond)
{
    struct Unit {
        double seconds;
        QString text;
    };
    const Unit units[] { { 1, TipText::tr("%1 events/s") }, { 60, TipText::tr("%1 events/min") },
        { 3600, TipText::tr("%1 events/h") }, { 86'400, TipText::tr("%1 events/day") } };
    for (const auto& [seconds, text] : units) {
        const double rate = eventsPerSecond * seconds;
        if (rate >= 10)
            return text.arg(countText(std::llround(std::min(rate, 1e15))));
        if (rate >= 1)
            return text.arg(QString::number(rate, 'f', 1));
    }
    return TipText::tr("less than an event a day");
}

QString densityTip(Position position, const Density::Bucket& bucket, const QPalette& palette)
{
    const QStringList lines {
        TipText::tr("%1, in %2 to %3")
            .arg(positionText(position), positionText(bucket.first), positionText(bucket.last)),
        spanText(bucket.start, bucket.end),
        TipText::tr("%1, %2").arg(
            eventsText(bucket.last - bucket.first + 1), rateText(bucket.eventsPerSecond)),
    };
    return QStringLiteral("<div style=\"white-space:nowrap\">%1</div>%2")
        .arg(lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")),
            sharesTable(bucket, palette));
}

} // namespace eventloupe
