#include "desk/commitments.hpp"

#include <fmt/format.h>

#include <array>

#include "tables/delimited.hpp"

namespace purse {

namespace {

Result<Commitment> commitment_of(const std::vector<std::string>& cells,
                                 const std::array<std::size_t, 5>& at) {
    const auto line = parse_budget_line(cells[at[1]]);
    if (!line) return line.problem();
    const auto from = parse_month(cells[at[2]]);
    if (!from) return from.problem();
    const auto pounds = parse_pounds(cells[at[3]]);
    if (!pounds) return pounds.problem();
    const Account account(cells[at[0]]);
    if (account.packed() == bad_code) {
        return bad_input("'" + cells[at[0]] + "' is no practice's code");
    }
    if (cells[at[4]].empty()) return bad_input("'says' is empty: say what is known to come");
    return Commitment{account, *line, *from, *pounds, cells[at[4]]};
}

}  // namespace

Result<std::vector<Commitment>> read_commitments(const std::filesystem::path& file) {
    std::vector<Commitment> commitments;
    if (!std::filesystem::exists(file)) return commitments;
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::array<std::size_t, 5> at{};
    constexpr std::array<std::string_view, 5> wanted = {"account", "line", "from", "pounds_a_month",
                                                        "says"};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto column = table->column(wanted[i]);
        if (!column) return column.problem();
        at[i] = *column;
    }
    for (const auto& row : table->rows) {
        auto one = commitment_of(row.cells, at);
        if (!one) {
            return bad_input(
                fmt::format("{}, line {}: {}", file.string(), row.line, one.problem().says));
        }
        commitments.push_back(std::move(*one));
    }
    return commitments;
}

}  // namespace purse
