#pragma once

#include "postgres/serverreport.h"

#include <QDialog>

#include <array>
#include <functional>

class QComboBox;
class QFormLayout;
class QPushButton;

namespace eventloupe {

class InfoBar;
class PlainLabel;
class ServerForm;

/// Asks for a database server, tries it on a worker, and says what it found. GUI thread.
class ServerDialog final : public QDialog {
    Q_OBJECT

public:
    /// Looks at a server, on a worker. lookAtServer(), or one that recognises more.
    using Look = std::function<Result<ServerReport>(const QString&, const CancelToken&)>;

    ServerDialog(Look look, const QStringList& recent, QWidget* parent = nullptr);
    ~ServerDialog() override; ///< Ends the test that is under way.

    [[nodiscard]] ServerForm& form() { return *m_form; }
    /// Without password. Meaningful when accepted.
    [[nodiscard]] QString location() const;

public slots:
    void test();

signals:
    /// The test is about to ask the server, which may ask for a password.
    void testBegan();
    /// The server took what it was given.
    void testWorked();

protected:
    void done(int result) override;

private:
    void buildReport();
    void review();
    void showReport(const ServerReport& report);
    void showFailure(const Error& error);
    void setRow(int row, const QString& text);
    void setTesting(bool isTesting);

    enum Row { Server, Role, Account, Transport, Stores, RowCount };

    const Look m_look;
    ServerForm* m_form;
    QComboBox* m_recent;
    InfoBar* m_problem;
    QWidget* m_report;
    std::array<PlainLabel*, RowCount> m_rows {};
    QPushButton* m_test = nullptr;
    QPushButton* m_open = nullptr;
    CancelToken m_testing; ///< Of the last test.
    bool m_isTesting = false;
};

} // namespace eventloupe
