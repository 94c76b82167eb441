#include "warehouse/batch_scan.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

std::string only_its_providers(const BatchToPrice& batch) {
    if (!batch.providers || batch.set == DataSet::prescribing) return "true";
    std::string list;
    for (const ProviderCode provider : *batch.providers) {
        list += (list.empty() ? "" : ", ") + sql_text(provider.text());
    }
    return list.empty() ? "false" : fmt::format("coalesce(provider, '') in ({})", list);
}

}  // namespace

std::string scan_sql(const BatchToPrice& batch) {
    return fmt::format("read_parquet({}) where {}", sql_path_to_read(batch.records),
                       only_its_providers(batch));
}

}  // namespace purse
