#include "warehouse/batch_scan.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

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

Outcome readable_records(Database& database, const std::vector<BatchToPrice>& batches) {
    std::vector<std::filesystem::path> files;
    for (const BatchToPrice& batch : batches) files.push_back(batch.records);
    return readable_parquet(database, files);
}

std::vector<JointScan> joint_scans(const std::vector<BatchToPrice>& batches) {
    std::vector<JointScan> scans;
    std::map<std::pair<DataSet, const PriceBook*>, std::size_t> whole;
    std::vector<std::string> files;
    for (const BatchToPrice& batch : batches) {
        if (batch.set == DataSet::prescribing) continue;
        if (batch.providers) {
            scans.push_back({&batch, scan_sql(batch)});
            files.emplace_back();
            continue;
        }
        const auto [at, fresh] = whole.try_emplace({batch.set, batch.book}, scans.size());
        if (fresh) {
            scans.push_back({&batch, ""});
            files.emplace_back();
        }
        std::string& list = files[at->second];
        list += (list.empty() ? "" : ", ") + sql_path_to_read(batch.records);
    }
    for (std::size_t i = 0; i < scans.size(); ++i) {
        if (scans[i].sql.empty()) {
            scans[i].sql = fmt::format("read_parquet([{}]) where true", files[i]);
        }
    }
    return scans;
}

}  // namespace purse
