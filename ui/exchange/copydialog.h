#pragma once

#include "exchange/copylog.h"

#include <QDialog>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace eventloupe {

class PlainLabel;

/// Asks where a log is to be copied to: a file, or any other store by its URI.
class CopyDialog final : public QDialog {
    Q_OBJECT

public:
    /// `store` is the location of the open store, `folder` where a file is proposed.
    CopyDialog(const QString& store, const QString& folder, QWidget* parent = nullptr);

    /// As chosen. Meaningful when accepted.
    [[nodiscard]] CopyRequest request() const;

private:
    void buildTarget(QFormLayout& form, const QString& folder);
    void buildChecks(QFormLayout& form);
    void browse();
    void review();
    [[nodiscard]] QString target() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString note() const;

    QString m_store;
    QRadioButton* m_toFile;
    QRadioButton* m_toUri;
    QLineEdit* m_file;
    QLineEdit* m_uri;
    QPushButton* m_browse;
    QCheckBox* m_check;
    PlainLabel* m_note;
    QPushButton* m_copy;
};

} // namespace eventloupe
