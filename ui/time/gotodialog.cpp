#include "ui/time/gotodialog.h"

#include "time/goto.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

GoToDialog::GoToDialog(GoTo& goTo, QWidget* parent)
    : QDialog(parent)
    , m_goTo(goTo)
    , m_edit(new QLineEdit(this))
    , m_fault(new PlainLabel(this))
{
    setObjectName(QStringLiteral("goToDialog"));
    setWindowTitle(tr("Go To"));
    m_edit->setObjectName(QStringLiteral("goToEdit"));
    m_edit->setMinimumWidth(320);
    m_edit->setPlaceholderText(tr("8120 or 2026-03-01 14:03"));
    m_fault->setWordWrap(true);
    m_fault->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_fault->setMinimumHeight(m_fault->fontMetrics().lineSpacing() * 3);
    m_fault->setObjectName(QStringLiteral("goToFault"));
    auto colours = m_fault->palette();
    colours.setColor(QPalette::WindowText, coloursOf(palette()).error);
    m_fault->setPalette(colours);
    auto* caption = new PlainLabel(tr("Position or &time"), this);
    caption->setBuddy(m_edit);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("Go"), QDialogButtonBox::AcceptRole)->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(caption);
    layout->addWidget(m_edit);
    layout->addWidget(m_fault);
    layout->addStretch();
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, [this] { m_goTo.go(m_edit->text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&goTo, &GoTo::found, this, &QDialog::accept);
    connect(&goTo, &GoTo::notUnderstood, m_fault, &PlainLabel::setText);
    connect(&goTo, &GoTo::failed, this,
        [this](const Error& error) { m_fault->setText(error.message); });
    connect(m_edit, &QLineEdit::textEdited, m_fault, &QLabel::clear);
}

} // namespace eventloupe
