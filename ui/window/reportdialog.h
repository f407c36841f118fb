#pragma once

#include <QByteArray>
#include <QDialog>

namespace eventloupe {

class JsonView;
class PlainLabel;

/// Shows a diagnostics report in full before it is copied or saved (mode 0600). Does not keep the
/// window from being used. GUI thread; the file is written on another one.
class ReportDialog final : public QDialog {
    Q_OBJECT

public:
    /// `store` is the location of the open store, over which nothing is written; else empty.
    ReportDialog(QString store, QWidget* parent);

    /// Until then nothing can be copied or saved.
    void setReport(const QByteArray& text);
    [[nodiscard]] bool hasReport() const { return !m_report.isEmpty(); }

private:
    void copy();
    void askFile();
    void save(const QString& file);

    QString m_store;
    QByteArray m_report;
    JsonView* m_view;
    PlainLabel* m_said;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace eventloupe
