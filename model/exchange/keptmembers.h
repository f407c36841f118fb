#pragma once

#include <QByteArray>

#include <optional>
#include <string_view>

namespace eventloupe {

/// Members that nothing maps are kept in the metadata, so that no byte of a file is lost, and
/// lifted out again on export, so that the metadata's own bytes come back.
///
/// `{"a":1}` with `"recorded":2` kept becomes `{"a":1,"$imported":{"recorded":2}}`. Metadata that
/// is no object, or that this form could not give back to the byte, is wrapped:
/// `{"$metadata":[1,2],"$imported":{...}}`. Only these two forms, to the byte, are lifted.

/// The metadata as it is stored; `kept` is the inside of a JSON object, possibly empty. What an
/// export would lift by mistake is wrapped, even when nothing is kept.
[[nodiscard]] QByteArray metadataWithKept(std::string_view metadata, std::string_view kept);

/// A stored metadata, taken apart.
struct LiftedMetadata {
    QByteArray metadata; ///< As it was in the file; "{}" where the file had none.
    std::string_view kept; ///< The inside of $imported, a view of what was stored.
};

/// Nothing when the metadata holds no kept members; costs a search of the text then.
[[nodiscard]] std::optional<LiftedMetadata> liftKept(std::string_view stored);

/// Whether kept members can be exported beside the exchange format's own members: none of them has
/// a name of the format's. If not, they are exported together, as one member "$imported".
[[nodiscard]] bool keptStandsAlone(std::string_view kept);

/// The inside of the one member "$imported" that such an export wrote; else `kept` as it is. What
/// was kept is then kept in the same bytes again.
[[nodiscard]] std::string_view unwrappedKept(std::string_view kept);

} // namespace eventloupe
