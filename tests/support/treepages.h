#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace eventloupe {

/// The pages of a table's tree in a store's file, which must be sound.
class TreePages final {
public:
    TreePages(const QByteArray& file, int root);

    std::vector<int> inner; ///< The root first, unless it is a leaf.
    std::vector<int> leaves; ///< In their rows' order.
    int depth = 0;

    /// Where a page begins in the file.
    [[nodiscard]] qsizetype at(int page) const;
    [[nodiscard]] int cells(int page) const;

private:
    void walk(int page, int level);

    const QByteArray& m_file;
};

/// As the file's header has it; not of the largest pages.
[[nodiscard]] int pageSizeOf(const QByteArray& file);

/// Writes a store's file anew with another size of its pages, and bytes that are kept free in each.
void setPageSize(const QString& path, int size, int reserved);

/// Overwrites pages of a store's file, from 1.
void erasePages(const QString& path, const std::vector<int>& pages, char with = '\0');

/// The page where a table's tree begins.
[[nodiscard]] int rootOf(const QString& path, const QByteArray& table);

} // namespace eventloupe
