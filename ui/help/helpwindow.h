#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QTextBrowser;
class QTextDocument;
class QTreeWidget;
class QTreeWidgetItem;

namespace eventloupe {

/// The reference beside the window: contents, search, links. GUI thread.
class HelpWindow final : public QDialog {
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    /// Shows the section of that id; an unknown one shows the first.
    void showTopic(const QString& id);
    /// The id of what is shown.
    [[nodiscard]] const QString& topic() const { return m_topic; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void search(const QString& text);
    /// Without showing it.
    void choose(QTreeWidgetItem* item);
    void showCurrent();

    QLineEdit* m_search;
    QLabel* m_nothing; ///< Where the search found nothing.
    QTreeWidget* m_contents;
    QTextBrowser* m_text;
    QTextDocument* m_document = nullptr; ///< Of m_text; its own before the first text.
    QString m_topic;
};

} // namespace eventloupe
