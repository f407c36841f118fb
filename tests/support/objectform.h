#pragma once

#include "ui/command/schemaform.h"
#include "value/event.h"
#include "value/json.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace eventloupe {

inline Schema schemaOf(const QByteArray& text)
{
    const auto document = parseJson(viewOf(text));
    Q_ASSERT(document);
    auto schema = Schema::compile(*document);
    Q_ASSERT(schema);
    return *schema;
}

/// A form over one object, shown so that visibility means something.
class ObjectForm {
public:
    explicit ObjectForm(const QByteArray& schema, const QSet<QByteArray>& named = {})
    {
        form.setSchema(schemaOf(schema), named);
        form.resize(700, 500);
        form.show();
    }

    template <class T> T* find(const char* name)
    {
        auto* widget = form.findChild<T*>(QString::fromLatin1(name));
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
    void clear(const char* name)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
    }
    QString reason(const char* name)
    {
        auto* label = find<QLabel>(name);
        return label->isVisible() ? label->text() : QString();
    }
    QByteArray json() const { return form.data().toJson(); }

    SchemaForm form;
};

} // namespace eventloupe
