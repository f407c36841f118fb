#pragma once

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace eventloupe {

class PlainLabel;

/// A plain banner above a panel: what is wrong, and one thing to do about it, or two. Hidden until
/// something is shown. Its text is never markup. In a narrow panel the button stands below the
/// text.
class InfoBar final : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Information, Warning, Failure };

    explicit InfoBar(QWidget* parent = nullptr);

    /// Shows a message in place of the present one; an empty action is none.
    void show(Kind kind, const QString& message, const QString& action = {});
    /// A second thing to do about what is shown; until the next message.
    void offerAlso(const QString& action);
    void dismiss();
    [[nodiscard]] QString message() const;

signals:
    /// The banner's button was pressed.
    void actionTriggered();
    /// The second one was pressed.
    void alsoTriggered();
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyColours();

    Kind m_kind = Kind::Information;
    QLabel* m_sign;
    PlainLabel* m_text;
    QPushButton* m_action;
    QPushButton* m_also;
    QBoxLayout* m_words; ///< The text, and the button beside or below it.
    QToolButton* m_close;
};

} // namespace eventloupe
