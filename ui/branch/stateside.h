#pragma once

#include "branch/branchdifference.h"

#include <QWidget>

namespace eventloupe {

class JsonView;
class PlainLabel;

/// A stream's state in the log and on a branch, side by side, with the fields that differ named.
class StateSides final : public QWidget {
    Q_OBJECT

public:
    explicit StateSides(QWidget* parent = nullptr);

    void showStates(const QString& stream, const BothStates& states);
    void clear();

private:
    PlainLabel* m_fields;
    PlainLabel* m_mainTitle;
    PlainLabel* m_branchTitle;
    JsonView* m_main;
    JsonView* m_branch;
};

} // namespace eventloupe
