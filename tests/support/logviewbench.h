#pragma once

#include "log/eventlogmodel.h"
#include "support/samplestore.h"
#include "time/cursorframe.h"
#include "ui/log/logview.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QTest>

#include <functional>

namespace eventloupe {

/// A log view over a real store, as its panel has it.
struct LogViewBench {
    /// `spoil` gets the store's file before it is opened.
    explicit LogViewBench(
        const QList<SampleEvent>& events, const std::function<void(const QString&)>& spoil = {})
        : sample(events)
    {
        if (spoil)
            spoil(sample.location());
        QObject::connect(&client, &StoreClient::headChanged, &cursor, &TimeCursor::setHead);
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        auto* layout = new QHBoxLayout(&pane);
        view = new LogView(model, cursor, frame, &pane);
        layout->addWidget(view);
        layout->addWidget(view->bar());
        pane.resize(800, 400);
        pane.show();
        isOpen = isOpen && QTest::qWaitForWindowExposed(&pane) && settled();
    }

    [[nodiscard]] QVariant look(int place, LogColumn column, int role) const
    {
        return view->model()->index(place, static_cast<int>(column)).data(role);
    }
    [[nodiscard]] QString cell(int place, LogColumn column) const
    {
        return look(place, column, Qt::DisplayRole).toString();
    }
    [[nodiscard]] int placeOf(Position position) const
    {
        return static_cast<int>(position - 1 - view->firstRow());
    }
    [[nodiscard]] bool loaded(int place) const
    {
        return QTest::qWaitFor([&] { return !cell(place, LogColumn::Type).isEmpty(); });
    }
    /// Waits until the view shows the cursor.
    [[nodiscard]] bool settled() const
    {
        return QTest::qWaitFor([&] { return !frame.isBehind(); });
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    EventLogModel model { client };
    QWidget pane;
    LogView* view = nullptr;
    bool isOpen = false;
};

} // namespace eventloupe
