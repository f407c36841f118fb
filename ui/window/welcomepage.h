#pragma once

#include <QScrollArea>

#include <functional>

class QVBoxLayout;

namespace eventloupe {

/// What the window shows while nothing is open: ways to begin, and what was open lately. It scrolls
/// rather than ask the window to be wider.
class WelcomePage final : public QScrollArea {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QStringList& locations);

signals:
    void sampleAsked(const QString& templateName);
    void newStoreAsked();
    void openStoreAsked();
    void serverAsked();
    void openWorkspaceAsked();
    void openAsked(const QString& location);

private:
    void addWays(QVBoxLayout& column);
    void addSamples(QVBoxLayout& column);
    void addButton(QVBoxLayout& column, int symbol, const QString& caption, const QString& hint,
        const std::function<void()>& action);

    QWidget* m_page;
    QWidget* m_recentPart;
    QVBoxLayout* m_recent;
};

} // namespace eventloupe
