#pragma once

#include "ui/command/schemaform.h"
#include "value/event.h"
#include "value/json.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

namespace eventloupe {

/// With ' for ", since moc loses its way in raw strings with quotes.
inline JsonValue json(QByteArray text)
{
    const auto value = parseJson(viewOf(text.replace('\'', '"')));
    if (!value)
        qFatal("not JSON: %s", text.constData());
    return *value;
}

/// A street where it is sent by post, a branch where it is fetched.
inline const QByteArray delivery
    = "{'type':'object','required':['how'],'properties':{'how':{'enum':['post','shop']},"
      "'note':{'type':'string'}},"
      "'if':{'required':['how'],'properties':{'how':{'const':'post'}}},"
      "'then':{'required':['street'],'properties':{'street':{'type':'string','minLength':3},"
      "'note':{'type':'string','minLength':5}}},"
      "'else':{'properties':{'branch':{'type':'string'}}}}";

/// A form over a schema, shown so that visibility means something, and driven as a person does.
class FormDriver {
public:
    explicit FormDriver(const QByteArray& schema)
    {
        const auto compiled = Schema::compile(json(schema));
        if (!compiled)
            qFatal("%s", qPrintable(compiled.error().message));
        form.setSchema(*compiled);
        form.resize(700, 500);
        form.show();
    }

    template <class T> T* find(const QString& name)
    {
        auto* widget = form.findChild<T*>(name);
        if (widget == nullptr)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    void type(const QString& name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void click(const QString& name) { find<QToolButton>(name)->click(); }
    void choose(const QString& name, const QString& text)
    {
        auto* combo = find<QComboBox>(name);
        combo->setCurrentText(text);
        emit combo->activated(combo->currentIndex());
    }
    QString reason(const QString& name)
    {
        auto* label = find<QLabel>(name);
        return label->isVisible() ? label->text() : QString();
    }
    QPlainTextEdit* text() { return find<QPlainTextEdit>(u"formJson"_qs); }
    void typeJson(const QByteArray& written)
    {
        text()->selectAll();
        text()->insertPlainText(QString::fromUtf8(QByteArray(written).replace('\'', '"')));
    }
    void toggle() { form.editAsJson()->trigger(); }
    [[nodiscard]] bool isJson() const { return form.editAsJson()->isChecked(); }
    [[nodiscard]] QByteArray data() const { return form.data().toJson().replace('"', '\''); }

    SchemaForm form;
};

} // namespace eventloupe
