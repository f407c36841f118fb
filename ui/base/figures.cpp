#include "ui/base/figures.h"

#include <QCoreApplication>
#include <QLocale>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Figures", text);
}

} // namespace

QString countText(qint64 number)
{
    QLocale locale;
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    return locale.toString(number);
}

QString eventsText(qint64 count)
{
    return count == 1 ? tr("1 event") : tr("%1 events").arg(countText(count));
}

QString streamsText(qint64 count)
{
    return count == 1 ? tr("1 stream") : tr("%1 streams").arg(countText(count));
}

QString rowsText(qint64 count)
{
    return count == 1 ? tr("1 row") : tr("%1 rows").arg(countText(count));
}

QString positionText(qint64 position)
{
    return u'#' + countText(position);
}

} // namespace eventloupe
