# What Purse stands on; each library enters through one room (docs/dependencies.md says which and why).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(CURL 7.85 REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)

add_library(xlsxwriter INTERFACE)
target_link_libraries(xlsxwriter INTERFACE -lxlsxwriter)

add_library(soci INTERFACE)
target_link_libraries(soci INTERFACE -lsoci_core -lsoci_sqlite3 -lsoci_postgresql)
target_include_directories(soci SYSTEM INTERFACE /usr/include/soci /usr/include/postgresql)

add_library(rapidcheck INTERFACE)
target_link_libraries(rapidcheck INTERFACE -lrapidcheck)

# DuckDB is not in Debian: tools/prepare.sh lays it under third_party/duckdb, pinned by its lock file.
set(PURSE_DUCKDB_DIR ${CMAKE_SOURCE_DIR}/third_party/duckdb/node_modules)
set(PURSE_DUCKDB_LIBRARY ${PURSE_DUCKDB_DIR}/@duckdb/node-bindings-linux-x64/libduckdb.so)
if(NOT EXISTS ${PURSE_DUCKDB_LIBRARY})
    message(FATAL_ERROR "DuckDB is missing: run tools/prepare.sh (or make build) first")
endif()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
    IMPORTED_LOCATION ${PURSE_DUCKDB_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PURSE_DUCKDB_DIR}/duckdb/src/duckdb/src/include)
