#include "warehouse/code_functions.hpp"

#include <cstring>

#include "warehouse/function_in_making.hpp"
#include "warehouse/packed_text.hpp"
#include "warehouse/vector_reader.hpp"

namespace purse {

namespace {

void code_callback(duckdb_function_info, duckdb_data_chunk input, duckdb_vector result) {
    thread_local ReaderBuffers buffers;
    VectorReader in(input, buffers);
    const std::span<const std::uint64_t> codes = in.codes();
    if (!codes.empty()) {
        std::memcpy(duckdb_vector_get_data(result), codes.data(), codes.size_bytes());
    }
}

void text_callback(duckdb_function_info, duckdb_data_chunk input, duckdb_vector result) {
    const auto* codes = static_cast<const std::uint64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
    auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(result));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows; ++row) texts[row] = unpacked_text(codes[row]);
}

void account_callback(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector result) {
    thread_local ReaderBuffers buffers;
    thread_local std::vector<std::uint64_t> accounts;
    const auto* affiliations =
        static_cast<const Affiliations*>(duckdb_scalar_function_get_extra_info(info));
    VectorReader in(input, buffers);
    const std::span<const std::uint64_t> practices = in.codes();
    const std::span<const std::uint64_t> commissioners = in.codes();
    fill_accounts(affiliations, practices, commissioners, in.days(0), accounts);
    if (!accounts.empty()) {
        std::memcpy(duckdb_vector_get_data(result), accounts.data(), accounts.size() * 8);
    }
}

}  // namespace

void fill_accounts(const Affiliations* affiliations, std::span<const std::uint64_t> practices,
                   std::span<const std::uint64_t> commissioners, std::span<const std::int32_t> days,
                   std::vector<std::uint64_t>& accounts) {
    accounts.assign(practices.size(), 0);
    if (affiliations != nullptr) {
        affiliations->accounts_of(practices, commissioners, days, accounts);
    }
}

void register_codes(Database& database) {
    FunctionInMaking code("purse_code");
    code.takes(DUCKDB_TYPE_VARCHAR);
    code.gives(DUCKDB_TYPE_UBIGINT);
    code.registered(database, code_callback);
    FunctionInMaking text("purse_text");
    text.takes(DUCKDB_TYPE_UBIGINT);
    text.gives(DUCKDB_TYPE_VARCHAR);
    text.registered(database, text_callback);
}

void register_accounts(Database& database, const Affiliations& affiliations) {
    FunctionInMaking account("purse_account");
    account.takes(DUCKDB_TYPE_VARCHAR);
    account.takes(DUCKDB_TYPE_VARCHAR);
    account.takes(DUCKDB_TYPE_DATE);
    account.gives(DUCKDB_TYPE_UBIGINT);
    account.knows(const_cast<Affiliations*>(&affiliations), nullptr);
    account.registered(database, account_callback);
}

}  // namespace purse
