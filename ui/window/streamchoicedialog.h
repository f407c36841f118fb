#pragma once

#include <QDialog>
#include <QStringList>

class QComboBox;

namespace eventloupe {

/// Asks for a stream: one of those that are offered, or any name that is typed. GUI thread.
class StreamChoiceDialog : public QDialog {
    Q_OBJECT

public:
    StreamChoiceDialog(const QString& title, const QStringList& offered, QWidget* parent = nullptr);

    /// The name as it is stored, also where signs are shown for what is not seen.
    [[nodiscard]] QString stream() const;

signals:
    /// It was accepted with a name.
    void chosen(const QString& stream);

private:
    QComboBox* m_streams;
};

} // namespace eventloupe
