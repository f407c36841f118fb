#pragma once

#include "ui/foreign/mappingloader.h"
#include "ui/foreign/mappingreasons.h"

#include <QHash>
#include <QWidget>

#include <array>
#include <memory>

class QComboBox;
class QFormLayout;

namespace eventloupe {

class CategoryField;
class ColumnPicker;
class PlacePicker;
class PlainLabel;

/// Which columns of which table are which part of an event. Each part says why it is proposed, or
/// what is wrong with it. GUI thread.
class StoreMappingForm final : public QWidget {
    Q_OBJECT

public:
    explicit StoreMappingForm(QWidget* parent = nullptr);

    /// Shows the best proposal; does not emit edited().
    void setGround(const std::shared_ptr<const MappingGround>& ground);
    /// As shown, with the name and the title of the table.
    [[nodiscard]] StoreProfile mapping() const;
    /// What looks wrong, by part; the others say why they are as they are.
    void showProblems(const QHash<MappingPart, QString>& problems);

signals:
    /// A person changed something.
    void edited();

private:
    static constexpr std::size_t partCount = static_cast<std::size_t>(MappingPart::COUNT);

    void addPart(QFormLayout& form, MappingPart part, QWidget* further = nullptr);
    QComboBox* makeEncodings(const QString& name);
    QWidget* makeVersionBase();
    QComboBox* makeUnits();
    void showTable(int row);
    void show(const StoreProfile& mapping);
    void showPlaces();
    void noteEdit();
    [[nodiscard]] const ForeignTable* table() const;
    [[nodiscard]] const MappingProposal* proposal() const; ///< Of the table; null: there is none.
    [[nodiscard]] ColumnPicker& picker(MappingPart part) const;
    [[nodiscard]] ProfileField fieldOf(MappingPart part, const QComboBox* encodings) const;
    [[nodiscard]] static QStringList namedColumns(const StoreProfile& mapping);

    std::shared_ptr<const MappingGround> m_ground;
    StoreProfile m_base; ///< What the form has no field for.
    QComboBox* m_table;
    std::array<ColumnPicker*, partCount> m_pickers {};
    std::array<PlacePicker*, partCount> m_places {}; ///< None for the position.
    std::array<PlainLabel*, partCount> m_notes {};
    QComboBox* m_dataEncoding;
    QComboBox* m_metadataEncoding;
    QComboBox* m_unit;
    QComboBox* m_versionBase = nullptr;
    CategoryField* m_category;
};

} // namespace eventloupe
