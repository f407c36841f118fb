#pragma once

#include "monkey/step.h"

#include <QRandomGenerator>
#include <QStringList>

class QWidget;

namespace eventloupe {

/// Chooses the next step by what is to be seen: the same seed and the same window give the same.
class Chooser final {
public:
    /// `places` are what Open may name, and file dialogs too.
    Chooser(quint32 seed, QStringList places);

    [[nodiscard]] Step next(QWidget& window);

private:
    [[nodiscard]] Step inMenu(QWidget& menu);
    [[nodiscard]] Step inPopup(QWidget& popup);
    [[nodiscard]] Step inFileDialog(QWidget& dialog);
    [[nodiscard]] Step inDialog(QWidget& dialog);
    [[nodiscard]] Step inWindow(QWidget& window);
    [[nodiscard]] Step onWidget(QWidget& top);
    [[nodiscard]] Step trigger(QWidget& window);
    [[nodiscard]] Step key(QWidget& top);
    [[nodiscard]] Step type(QWidget& top);
    [[nodiscard]] Step choose(QWidget& top);
    [[nodiscard]] Step openAny();
    [[nodiscard]] Step plain(Step::Kind kind, int number = 0) const;

    int below(qsizetype bound);
    bool oftenAs(int percent) { return below(100) < percent; }
    QPoint pointIn(const QWidget& widget);
    QString nonsense();
    template <class T> const T& oneOf(const QList<T>& list) { return list.at(below(list.size())); }

    QRandomGenerator m_random;
    QStringList m_places;
};

} // namespace eventloupe
