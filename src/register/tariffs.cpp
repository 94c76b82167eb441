#include "register/state.hpp"

namespace purse {

namespace {

TariffVersion tariff_in(Session& session, const SqlRow& row) {
    return {.tariff = {.year = FinancialYear(static_cast<int>(number_in(row, 0))),
                       .version = text_in(row, 1),
                       .label = text_in(row, 2),
                       .folder = text_in(row, 3)},
            .source = imported_file(session, {number_in(row, 4)}),
            .sequence = static_cast<int>(number_in(row, 5)),
            .current = number_in(row, 6) == 1};
}

std::vector<TariffVersion> tariffs_where(Session& session, std::string_view condition,
                                         const SqlRow& values) {
    std::vector<TariffVersion> found;
    for (const SqlRow& row :
         session.rows("select year, version, label, folder, file, sequence, is_current from tariff"
                      " where " +
                          std::string(condition) + " order by year, sequence",
                      "ntttnnn", values)) {
        found.push_back(tariff_in(session, row));
    }
    return found;
}

std::optional<TariffVersion> find_tariff(Session& session, FinancialYear year,
                                         const std::string& version) {
    auto found =
        tariffs_where(session, "year = ? and version = ?", {std::int64_t{year.starts()}, version});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void make_current(Session& session, FinancialYear year, const std::string& version) {
    const std::int64_t starts = year.starts();
    session.run("update tariff set is_current = 0 where year = ? and is_current = 1", {starts});
    session.run("update tariff set is_current = 1 where year = ? and version = ?",
                {starts, version});
}

void add_tariff(Session& session, const NewTariff& tariff, FileNumber file) {
    const std::int64_t year = tariff.year.starts();
    const std::int64_t sequence =
        session.number("select coalesce(max(sequence), 0) + 1 from tariff where year = ?", {year});
    session.run(
        "insert into tariff (year, version, label, folder, file, sequence, is_current)"
        " values (?, ?, ?, ?, ?, ?, 0)",
        {year, tariff.version, tariff.label, tariff.folder.generic_string(), file.value, sequence});
    make_current(session, tariff.year, tariff.version);
}

Problem no_such_version(FinancialYear year, std::string_view version) {
    return not_found("there is no price list for " + to_text(year) + " whose version begins '" +
                     std::string(version) + "': list them with 'purse tariffs'");
}

}  // namespace

Result<ImportedTariff> Register::import_tariff(const NewImport& file, const NewTariff& tariff) {
    return state_->store.write(
        "import a price list", [&](Session& session) -> Result<ImportedTariff> {
            auto imported = find_imported(session, file);
            if (!imported) imported = add_import(session, file);
            // A newer program may read the same workbook into other prices: that is a new version.
            if (const auto before = find_tariff(session, tariff.year, tariff.version)) {
                return ImportedTariff{*before, true};
            }
            add_tariff(session, tariff, imported->number);
            add_to_trail(session, actor_,
                         {"import_prices", to_text(tariff.year), "version " + tariff.version},
                         file.imported_at);
            return ImportedTariff{*find_tariff(session, tariff.year, tariff.version), false};
        });
}

std::vector<TariffVersion> Register::tariffs() const {
    return state_->store.read("list its price lists",
                              [](Session& session) { return tariffs_where(session, "1 = 1", {}); });
}

Result<TariffVersion> Register::current_tariff(FinancialYear year) const {
    auto found = state_->store.read("read its price lists", [&](Session& session) {
        return tariffs_where(session, "year = ? and is_current = 1", {std::int64_t{year.starts()}});
    });
    if (found.empty()) {
        return not_found("there is no price list for " + to_text(year) +
                         ": import one with 'purse import tariff WORKBOOK.xlsx --year " +
                         to_text(year) + "'");
    }
    return std::move(found.front());
}

Result<TariffVersion> Register::tariff(FinancialYear year, std::string_view version) const {
    const auto of_year = state_->store.read("read its price lists", [&](Session& session) {
        return tariffs_where(session, "year = ?", {std::int64_t{year.starts()}});
    });
    const TariffVersion* found = nullptr;
    for (const TariffVersion& candidate : of_year) {
        if (!candidate.tariff.version.starts_with(version)) continue;
        if (found != nullptr) {
            return bad_input("two price lists for " + to_text(year) +
                             " have versions that begin '" + std::string(version) +
                             "': give more of the version");
        }
        found = &candidate;
    }
    if (found == nullptr) return no_such_version(year, version);
    return *found;
}

Outcome Register::make_tariff_current(FinancialYear year, const std::string& version) {
    return state_->store.write("choose a price list", [&](Session& session) -> Outcome {
        if (!find_tariff(session, year, version)) return no_such_version(year, version);
        make_current(session, year, version);
        add_to_trail(session, actor_,
                     {"import_prices", to_text(year), "version " + version + " made current"}, "");
        return Nothing{};
    });
}

}  // namespace purse
