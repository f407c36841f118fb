#pragma once

#include "exchange/bytesource.h"
#include "exchange/importer.h"
#include "exchange/record.h"

#include <deque>
#include <memory>
#include <optional>

namespace eventloupe {

/// The format by a file's first bytes; `name` decides where they leave a doubt. Unsupported, with
/// what to do, for what is recognisably something else.
[[nodiscard]] Result<ExchangeFormat> sniffFormat(std::string_view head, const QString& name);

/// A file that is open for import: its first records, and the mapping that all will be read by.
struct ImportPlan {
    ExchangeFormat format = ExchangeFormat::Ndjson;
    std::unique_ptr<RecordReader> reader; ///< Past the sample.
    CancelToken stop; ///< Ends the reader's wait for input.
    std::deque<Record> sample;
    std::optional<Error> sampleFault; ///< What stands after the sample, if it is malformed.
    QStringList members; ///< Of the sample; "/a/b" for what is inside an object.
    Mapping mapping; ///< Each field decided: as given, else proposed, else Kind::None.
};

/// Opens the file and reads `sampleSize` records. Fails where not even a reader can start.
[[nodiscard]] Result<ImportPlan> planImport(
    const ImportRequest& request, const CancelToken& cancel, int sampleSize = 200);

/// Why events cannot be made with the plan's mapping (no stream, no type), ten of the members that
/// there are, and a mapping that would mend it if one fits; empty when nothing is missing.
[[nodiscard]] QString missingFields(const ImportPlan& plan, const QString& file);

} // namespace eventloupe
