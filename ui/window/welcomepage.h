#pragma once

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace eventloupe {

/// What the window shows while nothing is open: ways to begin, and what was open lately.
class WelcomePage final : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QStringList& locations);

signals:
    void sampleAsked(const QString& templateName);
    void newStoreAsked();
    void openStoreAsked();
    void openWorkspaceAsked();
    void openAsked(const QString& location);

private:
    void addWays(QVBoxLayout& column);
    void addButton(QVBoxLayout& column, int symbol, const QString& caption, const QString& hint,
        const std::function<void()>& action);

    QWidget* m_recentPart;
    QVBoxLayout* m_recent;
};

} // namespace eventloupe
