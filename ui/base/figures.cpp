#include "ui/base/figures.h"

#include <QLocale>

namespace eventloupe {

QString countText(qint64 number)
{
    QLocale locale;
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    return locale.toString(number);
}

QString positionText(qint64 position)
{
    return u'#' + countText(position);
}

} // namespace eventloupe
