# How every file of Purse is compiled: warnings are errors, and sanitizers by option.
option(PURSE_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(PURSE_FUZZ "Build the libFuzzer targets (needs clang)" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    # Sloppiness: without it a file that uses a precompiled header is never kept. Paths below the source tree
    # and the folder of the build do not count: files that are compiled together stand in the build's.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()

add_library(purse_flags INTERFACE)
target_compile_options(purse_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror
    # GCC 12 sees overlaps in std::string that are not there (its bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    # libstdc++ 12 uses its own deprecated get_temporary_buffer in std::stable_sort.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
    # Designated initialisers leave members at their defaults on purpose.
    -Wno-missing-field-initializers
    # Paths relative to the source tree: reproducible, and one compiler cache for every build folder.
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(PURSE_SANITIZE)
    target_compile_options(purse_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(purse_flags INTERFACE -fsanitize=address,undefined)
endif()
if(PURSE_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "PURSE_FUZZ needs clang: use the preset 'fuzz'")
    endif()
    target_compile_options(purse_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
    target_link_options(purse_flags INTERFACE -fsanitize=address,undefined)
endif()
