#include "ui/foreign/storechoicedialog.h"

#include "ui/base/plaintext.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int choiceRole = Qt::UserRole;

QString tablesOf(const RecognisedStore& store)
{
    QStringList names;
    for (const ForeignTable& table : store.tables)
        names.append(table.name);
    for (const ForeignTable& table : store.joined)
        names.append(table.name);
    names.removeDuplicates();
    return visibleText(names.join(QStringLiteral(", ")));
}

} // namespace

StoreChoiceDialog::StoreChoiceDialog(
    const QString& location, const RecognisedStores& found, QWidget* parent)
    : QDialog(parent)
    , m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("storeChoiceDialog"));
    setWindowTitle(tr("Whose Event Store Is It?"));
    auto* text = new PlainLabel(tr("%1 may be the store of several libraries. Open it as that of:")
                                    .arg(visibleText(QDir::toNativeSeparators(location))),
        this);
    text->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("storeChoices"));
    m_list->setAccessibleName(tr("Libraries"));
    m_list->setHeaderLabels({ tr("Library"), tr("Fits"), tr("Its tables") });
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    for (const RecognisedStore& store : found.stores) {
        auto* row = new QTreeWidgetItem(m_list,
            { visibleText(store.profile.title), tr("%1 %").arg(store.certainty), tablesOf(store) });
        row->setData(0, choiceRole, store.choice());
        row->setToolTip(2, plainToolTip(row->text(2) + u'\n' + store.profile.notes.join(u'\n')));
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    auto* note = new PlainLabel(
        tr("It is opened as it is and read only; another choice can be made at any time."), this);
    makeFaint(*note);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    auto* mapping = buttons->addButton(tr("None of &Them…"), QDialogButtonBox::ActionRole);
    mapping->setObjectName(QStringLiteral("mapInstead"));
    mapping->setAutoDefault(false);
    connect(mapping, &QPushButton::clicked, this, [this] {
        reject();
        emit mappingAsked();
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::itemActivated, this, &QDialog::accept);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(m_list, 1);
    layout->addWidget(note);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 84, fontMetrics().height() * 20);
    m_list->setFocus();
}

QString StoreChoiceDialog::choice() const
{
    const auto* row = m_list->currentItem();
    return row ? row->data(0, choiceRole).toString() : QString();
}

} // namespace eventloupe
