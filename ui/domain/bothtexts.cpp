#include "ui/domain/bothtexts.h"

#include "ui/base/plaintext.h"
#include "ui/domain/definitioneditor.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QScrollBar>

namespace eventloupe {

BothTexts::BothTexts(
    const QString& path, const QString& mine, const QString& theirs, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("bothTexts"));
    setWindowTitle(tr("%1: mine and the file's").arg(titleText(path)));
    auto* layout = new QGridLayout(this);
    const auto add = [&](int column, const QString& title, const QString& text) {
        auto* heading = new PlainLabel(title, this);
        makeHeading(*heading);
        auto* view = new DefinitionEditor(path, this);
        view->setAccessibleName(title);
        view->setPlainText(text);
        view->setReadOnly(true);
        layout->addWidget(heading, 0, column);
        layout->addWidget(view, 1, column);
        return view;
    };
    auto* left = add(0, tr("Mine, not saved"), mine);
    auto* right = add(1, tr("On disk"), theirs);
    connect(left->verticalScrollBar(), &QScrollBar::valueChanged, right->verticalScrollBar(),
        &QScrollBar::setValue);
    connect(right->verticalScrollBar(), &QScrollBar::valueChanged, left->verticalScrollBar(),
        &QScrollBar::setValue);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons, 2, 0, 1, 2);
    resize(960, 600);
}

} // namespace eventloupe
