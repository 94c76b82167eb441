# Tests are compiled for the tester's time: little optimisation, and what all include only once.
# (Clang asks for the same definitions in every use of a precompiled header, and sanitizers bring false
# warnings of what stands in one: both go without.)
set(PURSE_TEST_OPTIONS -O1)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Its bug 105651 again, where the header is no system's any more.
    list(APPEND PURSE_TEST_OPTIONS -Wno-array-bounds -Wno-stringop-overflow)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT PURSE_SANITIZE)
    add_library(test_precompiled OBJECT ${CMAKE_SOURCE_DIR}/tests/support/precompiled.cpp)
    target_compile_options(test_precompiled PRIVATE ${PURSE_TEST_OPTIONS})
    target_link_libraries(test_precompiled PRIVATE purse_flags fmt::fmt GTest::gtest)
    target_precompile_headers(test_precompiled PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/precompiled.hpp)
endif()
