#include "ui/branch/stateside.h"

#include "diff/jsondifference.h"
#include "diff/maskedfields.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"

#include <QGridLayout>

#include <algorithm>

namespace eventloupe {

namespace {

QString titleOf(const QString& where, const AggregateState& state)
{
    if (state.version == 0)
        return StateSides::tr("%1: it does not exist").arg(where);
    return state.exists ? StateSides::tr("%1: version %2").arg(where).arg(state.version)
                        : StateSides::tr("%1: version %2, deleted").arg(where).arg(state.version);
}

QString fieldsText(const BothStates& states)
{
    constexpr qsizetype fieldsShown = 12;
    QStringList fields;
    const auto differences = findDifferences(states.main.value, states.branch.value);
    for (const JsonDifference& each : differences.first(std::min(differences.size(), fieldsShown)))
        fields.append(visibleText(QString::fromUtf8(each.place.toText())));
    if (differences.size() > fieldsShown)
        fields.append(StateSides::tr("and %1 more").arg(differences.size() - fieldsShown));
    const auto masked = countMaskedFields(states.main.value, states.branch.value);
    if (fields.isEmpty() && masked > 0)
        return StateSides::tr("Nothing that is shown differs; %1.").arg(maskedFieldsText(masked));
    if (fields.isEmpty())
        return StateSides::tr("The states are the same.");
    const QString differs = StateSides::tr("Differs in %1").arg(fields.join(u", "));
    return masked > 0 ? StateSides::tr("%1; %2").arg(differs, maskedFieldsText(masked)) : differs;
}

} // namespace

StateSides::StateSides(QWidget* parent)
    : QWidget(parent)
    , m_fields(new PlainLabel(this))
    , m_mainTitle(new PlainLabel(this))
    , m_branchTitle(new PlainLabel(this))
    , m_main(new JsonView(this))
    , m_branch(new JsonView(this))
{
    m_main->setAccessibleName(tr("State in the log"));
    m_branch->setAccessibleName(tr("State on the branch"));
    m_main->setObjectName(QStringLiteral("mainState"));
    m_branch->setObjectName(QStringLiteral("branchState"));
    m_fields->setObjectName(QStringLiteral("differingFields"));
    m_fields->setWordWrap(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_fields, 0, 0, 1, 2);
    layout->addWidget(m_mainTitle, 1, 0);
    layout->addWidget(m_branchTitle, 1, 1);
    layout->addWidget(m_main, 2, 0);
    layout->addWidget(m_branch, 2, 1);
    layout->setRowStretch(2, 1);
    clear();
}

void StateSides::showStates(const QString& stream, const BothStates& states)
{
    m_fields->setText(QStringLiteral("%1: %2").arg(visibleText(stream), fieldsText(states)));
    m_mainTitle->setText(titleOf(tr("Log"), states.main));
    m_branchTitle->setText(titleOf(tr("Branch"), states.branch));
    m_main->setValue(states.main.value);
    m_branch->setValue(states.branch.value);
}

void StateSides::clear()
{
    m_fields->setText(tr("Pick a stream that differs: its states stand here side by side."));
    m_mainTitle->setText(tr("Log"));
    m_branchTitle->setText(tr("Branch"));
    m_main->setJson({});
    m_branch->setJson({});
}

} // namespace eventloupe
