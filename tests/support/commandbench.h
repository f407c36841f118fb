#pragma once

#include "command/commandhandler.h"
#include "store/openstore.h"
#include "time/timecursor.h"
#include "ui/command/commandpanel.h"
#include "ui/command/schemaform.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace eventloupe {

/// A workspace, its store and the panel over both, as the window has them.
class CommandBench {
public:
    static constexpr int patience = 10000; ///< Milliseconds.

    CommandBench()
        : handler(client)
        , panel(handler, cursor)
    {
        writeWorkspace();
        QObject::connect(&client, &StoreClient::headChanged, &cursor, &TimeCursor::setHead);
        panel.resize(1000, 300);
        panel.show();
    }

    bool open()
    {
        QSignalSpy opened(&client, &StoreClient::opened);
        client.open(storeFile(), OpenMode::Create);
        if (!opened.wait(patience))
            return false;
        const auto workspace = Workspace::load(folder.path());
        if (!workspace || !(*workspace)->problems().isEmpty())
            return false;
        handler.setWorkspace(*workspace);
        panel.setStore({ true, client.readOnlyReason(), {} });
        return true;
    }

    [[nodiscard]] QString storeFile() const { return folder.filePath(u"events.eventlog"_qs); }

    template <class T> T* find(const char* name)
    {
        auto* widget = panel.findChild<T*>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    void type(const char* name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    QString text(const char* name) { return find<QLineEdit>(name)->text(); }
    QString message()
    {
        auto* label = find<QLabel>("formMessage");
        return label->isVisible() ? label->text() : QString();
    }
    QString preview() { return find<QPlainTextEdit>("previewView")->toPlainText(); }
    QString offer()
    {
        auto* button = find<QPushButton>("formOffer");
        return button->isVisible() ? button->text() : QString();
    }
    void press(const char* name) { find<QPushButton>(name)->click(); }

    bool createUser(const QString& id, const QString& name)
    {
        panel.selectCommand(u"CREATE_USER"_qs);
        type("field:/userId", id);
        type("field:/name", name);
        press("issueButton");
        return QTest::qWaitFor([&] { return message().contains(u"stored as"); }, patience);
    }

    /// Appends behind the panel's back, as another process does.
    bool appendElsewhere(const QString& stream, const QByteArray& data)
    {
        auto store = openStore(storeFile(), OpenMode::ReadWrite);
        if (!store)
            return false;
        NewEvent event { u"USER_RENAMED"_qs, data, "{}", Timestamp::now(), {} };
        const auto outcome = (*store)->append({ stream, ExpectedVersion::any(), { event } });
        return outcome && std::holds_alternative<Appended>(*outcome);
    }

    QList<Event> log()
    {
        auto store = openStore(storeFile(), OpenMode::ReadOnly);
        if (!store)
            return {};
        const auto events = (*store)->readLog(1, 100);
        return events ? *events : QList<Event>();
    }

    QTemporaryDir folder;
    StoreClient client;
    TimeCursor cursor;
    CommandHandler handler;
    CommandPanel panel;

private:
    void write(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(QFileInfo(folder.filePath(name)).path());
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the workspace");
    }
    void writeWorkspace() const
    {
        write(u"workspace.json"_qs, R"({"name":"Test","store":"events.eventlog",
            "commands":["CREATE_USER","RENAME_USER","DIVIDE","STAMP","NOTE","ENLIST","RETIRE"]})");
        const QByteArray stamped
            = R"x(,"schema":{"type":"object","properties":{"by":{"type":"integer"}},
            "required":["by"]},"emit":[{"type":"STAMPED","data":{"at":"now","key":"uuid()","n":"version"}}]})x";
        write(u"commands/STAMP.json"_qs, R"({"stream":"number-1","onConflict":"retry")" + stamped);
        write(u"commands/NOTE.json"_qs, R"({"stream":"number-1")" + stamped);
        write(u"commands/DIVIDE.json"_qs, R"({"title":"Divide","stream":"number-1",
            "schema":{"type":"object","properties":{"by":{"type":"integer"}},"required":["by"]},
            "emit":[{"type":"DIVIDED","data":{"result":"1 / data.by"}}]})");
        write(u"commands/CREATE_USER.json"_qs, R"({"title":"Create user","description":"A new one",
            "stream":"user-{data.userId}","schema":{"type":"object","properties":{
              "userId":{"type":"string"},"name":{"type":"string","minLength":2},
              "age":{"type":"integer"}},
              "required":["userId","name"]},
            "require":[{"that":"!exists","message":"user {data.userId} exists already"}],
            "emit":[{"type":"USER_CREATED","data":"data"}]})");
        const QByteArray byId = R"("stream":"member-{data.id}","schema":{"type":"object",
            "required":["id"],"properties":{"id":{"type":"string","format":"uuid"},)";
        write(u"commands/ENLIST.json"_qs, "{" + byId + R"("name":{"type":"string"}}},
            "require":[{"that":"!exists","message":"there is one"}],"emit":[{"type":"ENLISTED"}]})");
        write(u"commands/RETIRE.json"_qs, "{" + byId + R"("by":{"type":"string","format":"uuid"}}},
            "require":[{"that":"exists","message":"there is none"}],"emit":[{"type":"RETIRED"}]})");
        write(u"commands/RENAME_USER.json"_qs, R"({"title":"Rename user",
            "stream":"user-{data.userId}","schema":{"type":"object","properties":{
              "userId":{"type":"string"},"name":{"type":"string"}},
              "required":["userId","name"]},
            "require":[{"that":"exists","message":"there is no user {data.userId}"}],
            "emit":[{"type":"USER_RENAMED","data":{"name":"data.name"}}]})");
    }
};

} // namespace eventloupe
