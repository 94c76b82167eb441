// A scalar function of DuckDB while it is put together: what it takes, gives and knows.
#pragma once

#include <duckdb.h>

#include <string>

#include "base/check.hpp"
#include "warehouse/database.hpp"

namespace purse {

class FunctionInMaking {
  public:
    explicit FunctionInMaking(const std::string& name)
        : function_(duckdb_create_scalar_function()) {
        duckdb_scalar_function_set_name(function_, name.c_str());
        duckdb_scalar_function_set_special_handling(function_);
    }
    ~FunctionInMaking() { duckdb_destroy_scalar_function(&function_); }
    FunctionInMaking(const FunctionInMaking&) = delete;
    FunctionInMaking& operator=(const FunctionInMaking&) = delete;

    void takes(duckdb_type type) {
        duckdb_logical_type logical = duckdb_create_logical_type(type);
        duckdb_scalar_function_add_parameter(function_, logical);
        duckdb_destroy_logical_type(&logical);
    }
    void gives(duckdb_type type) {
        duckdb_logical_type logical = duckdb_create_logical_type(type);
        gives(logical);
    }
    void gives(duckdb_logical_type type) {
        duckdb_scalar_function_set_return_type(function_, type);
        duckdb_destroy_logical_type(&type);
    }
    void knows(void* what, duckdb_delete_callback_t forget) {
        duckdb_scalar_function_set_extra_info(function_, what, forget);
    }
    void registered(Database& database, duckdb_scalar_function_t body) {
        duckdb_scalar_function_set_function(function_, body);
        CHECK(duckdb_register_scalar_function(database.connection(), function_) == DuckDBSuccess);
    }

  private:
    duckdb_scalar_function function_;
};

}  // namespace purse
