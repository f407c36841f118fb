#pragma once

#include "domain/workspace.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

/// A workspace in a temporary folder, written file by file.
class WorkspaceFolder {
public:
    WorkspaceFolder() { write(QStringLiteral("workspace.json"), "{}"); }

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString filePath(const QString& name) const { return m_folder.filePath(name); }

    WorkspaceFolder& write(const QString& name, const QByteArray& text)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
        return *this;
    }

    [[nodiscard]] std::shared_ptr<const eventloupe::Workspace> load() const
    {
        const auto workspace = eventloupe::Workspace::load(m_folder.path());
        return workspace ? *workspace : nullptr;
    }

    /// "events/A.json:3:7: message" of each problem.
    [[nodiscard]] QStringList problems() const
    {
        QStringList texts;
        const auto workspace = load();
        if (!workspace)
            return { QStringLiteral("not loaded") };
        for (const eventloupe::WorkspaceProblem& problem : workspace->problems()) {
            texts.append(QStringLiteral("%1:%2:%3: %4")
                             .arg(problem.file)
                             .arg(problem.line)
                             .arg(problem.column)
                             .arg(problem.message));
        }
        return texts;
    }

private:
    QTemporaryDir m_folder;
};

/// A JSON text as a value; a text that is not JSON ends the test program.
inline eventloupe::JsonValue jsonOf(const QByteArray& text)
{
    auto value = eventloupe::parseJson(eventloupe::viewOf(text));
    if (!value)
        qFatal("not JSON: %s", text.constData());
    return *value;
}
