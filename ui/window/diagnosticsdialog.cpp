#include "ui/window/diagnosticsdialog.h"

#include "ui/base/icons.h"
#include "ui/window/diagnosticsmodel.h"
#include "value/aside.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace eventloupe {

namespace {

constexpr int refreshMilliseconds = 1000;
constexpr int rowPadding = 6;

/// Rows as high as the other panels'.
class FigureDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto hint = QStyledItemDelegate::sizeHint(option, index);
        return { hint.width() + rowPadding, option.fontMetrics.height() + rowPadding };
    }
};

} // namespace

DiagnosticsDialog::DiagnosticsDialog(const WindowParts& parts, QWidget* parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_model(new DiagnosticsModel(this))
{
    setObjectName(QStringLiteral("diagnosticsDialog"));
    setWindowTitle(tr("Diagnostics"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* view = new QTreeView(this);
    view->setObjectName(QStringLiteral("diagnosticsView"));
    view->setAccessibleName(windowTitle());
    view->setModel(m_model);
    view->setItemDelegate(new FigureDelegate(view));
    view->setRootIsDecorated(false);
    view->setAlternatingRowColors(true);
    view->setUniformRowHeights(true);
    view->setTextElideMode(Qt::ElideMiddle);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copyButton->setObjectName(QStringLiteral("copyDiagnosticsButton"));
    copyButton->setIcon(icon(Symbol::Copy));
    connect(copyButton, &QPushButton::clicked, this, &DiagnosticsDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(view, 1);
    layout->addWidget(buttons);

    connect(&m_due, &QTimer::timeout, this, &DiagnosticsDialog::refresh);
    m_due.start(refreshMilliseconds);
    refresh();
    view->resizeColumnToContents(DiagnosticsModel::Name);
    const int rows = (view->sizeHintForRow(0) + 1) * (m_model->rowCount() + 1);
    resize(fontMetrics().averageCharWidth() * 84,
        view->header()->sizeHint().height() + rows + buttons->sizeHint().height() * 2);
}

void DiagnosticsDialog::refresh()
{
    // The sizes of the last look stand until the disk has answered.
    Diagnostics now = diagnosticsOf(m_parts);
    now.storeBytes = m_storeBytes;
    now.walBytes = m_walBytes;
    m_model->show(now);
    if (std::exchange(m_isAsking, true))
        return;
    runAside(
        this,
        [now] {
            Diagnostics sized = now;
            addFileSizes(sized);
            return sized;
        },
        [this](const Diagnostics& sized) {
            m_isAsking = false;
            m_storeBytes = sized.storeBytes;
            m_walBytes = sized.walBytes;
            m_model->show(sized);
        });
}

void DiagnosticsDialog::copy() const
{
    QGuiApplication::clipboard()->setText(m_model->toText());
}

} // namespace eventloupe
