#pragma once

#include <QObject>

class QAction;
class QMenu;
class QToolBar;
class QWidget;

namespace eventloupe {

/// The File menu: asks for places and tells what the person wants; does nothing by itself.
class FileMenu final : public QObject {
    Q_OBJECT

public:
    explicit FileMenu(QWidget& window);

    [[nodiscard]] QMenu* menu() const { return m_menu; }
    void fillToolBar(QToolBar& bar) const;
    void setRecent(const QStringList& locations);
    /// Whether a store is open, and whether it can be appended to.
    void setStore(bool open, bool writable);
    /// Whether a workspace is open, which may have examples.
    void setWorkspace(bool open);

public slots:
    void askNewWorkspace(const QString& templateName);
    void askNewStore();
    void askOpenStore();
    void askOpenWorkspace();

signals:
    /// A database on a server is to be chosen.
    void serverAsked();
    void openAsked(const QString& location);
    void newStoreAsked(const QString& file);
    void newWorkspaceAsked(const QString& folder, const QString& templateName);
    void importAsked();
    void exportAsked();
    void copyAsked();
    void verifyAsked();
    void examplesAsked();
    void describeAsked();
    void closeAsked();

private:
    void addNewActions();
    void addExchangeActions();
    [[nodiscard]] QString startFolder() const;
    void remember(const QString& path);

    QWidget& m_window;
    QMenu* m_menu;
    QMenu* m_recent = nullptr;
    QAction* m_newStore = nullptr;
    QAction* m_openStore = nullptr;
    QAction* m_openServer = nullptr;
    QAction* m_openWorkspace = nullptr;
    QAction* m_examples = nullptr;
    QAction* m_import = nullptr;
    QAction* m_export = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_verify = nullptr;
    QAction* m_describe = nullptr;
    QAction* m_close = nullptr;
    QString m_folder; ///< Of the last choice.
};

} // namespace eventloupe
