#include "ui/window/advicedialog.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

AdviceDialog::AdviceDialog(const QStringList& advice, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("adviceDialog"));
    setWindowTitle(tr("Missing Indexes"));
    auto* text = new PlainLabel(
        tr("The store is read as it is, and nothing in it is changed. Whoever looks after the "
           "database can make it faster to read:"),
        this);
    text->setWordWrap(true);
    auto* list = new QListWidget(this);
    list->setObjectName(QStringLiteral("adviceList"));
    list->setAccessibleName(windowTitle());
    list->setWordWrap(true);
    list->setSpacing(2);
    for (const QString& line : advice)
        list->addItem(visibleText(line));
    list->setCurrentRow(0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copyButton->setIcon(icon(Symbol::Copy));
    connect(copyButton, &QPushButton::clicked, this,
        [advice] { QGuiApplication::clipboard()->setText(advice.join(u'\n')); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 84, fontMetrics().height() * 18);
}

} // namespace eventloupe
