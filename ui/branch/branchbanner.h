#pragma once

#include <QFrame>
#include <QList>

class QAction;
class QLabel;

namespace eventloupe {

class PlainLabel;

/// Says at the top of the window that it shows a branch, in the branch's colour, with what can be
/// done about it.
class BranchBanner final : public QFrame {
    Q_OBJECT

public:
    explicit BranchBanner(const QList<QAction*>& actions, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showSign();

    QLabel* m_sign;
    PlainLabel* m_text;
};

} // namespace eventloupe
