#pragma once

#include <QList>

class QLabel;
class QWidget;

namespace eventloupe {

/// Gives each label an Alt key of its own, one of its letters, that no menu of the window and none
/// of the window's buttons and labels outside the list has. A label without a free letter gets
/// none. The labels' texts are plain, with "&&" for an ampersand.
void assignMnemonics(const QList<QLabel*>& labels, const QWidget& inside);

} // namespace eventloupe
