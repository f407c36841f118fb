#pragma once

#include <QString>

class QWidget;

namespace eventloupe {

/// Makes F1 in a dialog show this topic of the reference, in a window that the dialog does not
/// block. GUI thread.
void offerHelp(QWidget& dialog, const QString& topic);

} // namespace eventloupe
