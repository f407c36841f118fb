#include "ui/domain/newdefinitiondialog.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QDialogButtonBox>
#include <QHash>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

QString questionOf(DefinitionKind kind)
{
    static const QHash<DefinitionKind, QString> questions {
        { DefinitionKind::Aggregate,
            NewDefinitionDialog::tr("Category of its streams, such as user:") },
        { DefinitionKind::Event,
            NewDefinitionDialog::tr("Type of the event, such as USER_CREATED:") },
        { DefinitionKind::Command,
            NewDefinitionDialog::tr("Name of the command, such as CREATE_USER:") },
        { DefinitionKind::Projection,
            NewDefinitionDialog::tr("Name of the projection, such as revenue:") },
        { DefinitionKind::Example,
            NewDefinitionDialog::tr("Name of the example, such as rename-a-user:") },
    };
    return questions.value(kind);
}

} // namespace

NewDefinitionDialog::NewDefinitionDialog(DefinitionKind kind, QWidget* parent)
    : QDialog(parent)
    , m_kind(kind)
    , m_name(new QLineEdit(this))
    , m_reason(new PlainLabel(this))
{
    setObjectName(QStringLiteral("newDefinitionDialog"));
    setWindowTitle(tr("New Definition"));
    m_name->setObjectName(QStringLiteral("newDefinitionName"));
    m_name->setAccessibleName(questionOf(kind));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 48);
    m_reason->setObjectName(QStringLiteral("newDefinitionReason"));
    m_reason->setWordWrap(true);
    auto colours = m_reason->palette();
    colours.setColor(QPalette::WindowText, coloursOf(palette()).error);
    m_reason->setPalette(colours);
    m_reason->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setEnabled(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(new PlainLabel(questionOf(kind), this));
    column->addWidget(m_name);
    column->addWidget(m_reason);
    column->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_ok->setEnabled(!text.trimmed().isEmpty());
        m_reason->hide();
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &NewDefinitionDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void NewDefinitionDialog::take()
{
    const auto name = m_name->text().trimmed();
    static const QRegularExpression plain(
        QStringLiteral("^\\w[\\w .-]{0,99}$"), QRegularExpression::UseUnicodePropertiesOption);
    const bool isCategory = m_kind == DefinitionKind::Aggregate;
    if (!plain.match(name).hasMatch() || (isCategory && name.contains(u'-'))) {
        refuse(isCategory ? tr("A category is a name of letters, digits and _")
                          : tr("A name is made of at most 100 letters, digits, blanks and . _ -, "
                               "and begins with a letter, a digit or _"));
        return;
    }
    m_ok->setEnabled(false);
    emit named(name);
}

void NewDefinitionDialog::refuse(const QString& reason)
{
    m_reason->setText(visibleText(reason));
    m_reason->show();
    m_ok->setEnabled(true);
    m_name->setFocus();
    m_name->selectAll();
}

} // namespace eventloupe
