# room(name FLOOR n USES lower rooms LINKS libraries [TEST_SUPPORT files] [WHOLE_TEST] [TOGETHER suites])
#
# One folder under src/ is one room: a static library purse_<name>, and its *_test.cpp files beside
# the code as one test program <name>_test. A room may use only rooms on lower floors: the configure
# stops on an upward USES, and on an #include of a room that is not used. TEST_SUPPORT names files
# of tests/support that its test program also needs.
set_property(GLOBAL PROPERTY PURSE_ROOMS "")

# Most of a small file's compile time goes into the headers that it includes, so a room's files are compiled
# eight at a time, as one: half the processor time of a build from nothing. A name local to a file is
# therefore unique in its room. Where one file changes and is compiled again and again, file by file is
# quicker: cmake --preset dev -DPURSE_TOGETHER=1. What looks at single files needs it so (preset "tidy").
set(PURSE_TOGETHER 8 CACHE STRING "How many files of a room are compiled as one (0: all of them)")

function(room name)
    cmake_parse_arguments(ROOM "WHOLE_TEST" "FLOOR" "USES;LINKS;TEST_SUPPORT;TOGETHER" ${ARGN})
    set_property(GLOBAL PROPERTY PURSE_FLOOR_${name} ${ROOM_FLOOR})
    set_property(GLOBAL APPEND PROPERTY PURSE_ROOMS ${name})

    set(reach ${name})
    foreach(used IN LISTS ROOM_USES)
        get_property(floor GLOBAL PROPERTY PURSE_FLOOR_${used})
        if(floor STREQUAL "")
            message(FATAL_ERROR "room ${name} uses ${used}, which is no room below it")
        elseif(floor GREATER_EQUAL ROOM_FLOOR)
            message(FATAL_ERROR
                "room ${name} (floor ${ROOM_FLOOR}) uses ${used} (floor ${floor}): only downwards")
        endif()
        get_property(below GLOBAL PROPERTY PURSE_REACH_${used})
        list(APPEND reach ${below})
    endforeach()
    list(REMOVE_DUPLICATES reach)
    set_property(GLOBAL PROPERTY PURSE_REACH_${name} "${reach}")

    set(folder ${CMAKE_SOURCE_DIR}/src/${name})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.hpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    refuse_upward_includes(${name} "${reach}" ${sources} ${tests} ${headers})

    if(sources)
        add_library(purse_${name} STATIC ${sources})
        if(NOT PURSE_TOGETHER EQUAL 1)
            set_target_properties(purse_${name} PROPERTIES
                UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${PURSE_TOGETHER})
        endif()
        set(scope PUBLIC)
    else()
        add_library(purse_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(purse_${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(purse_${name} ${scope} purse_flags)
    foreach(used IN LISTS ROOM_USES)
        target_link_libraries(purse_${name} ${scope} purse_${used})
    endforeach()
    target_link_libraries(purse_${name} ${scope} ${ROOM_LINKS})
    if(tests)
        list(TRANSFORM ROOM_TEST_SUPPORT PREPEND ${CMAKE_SOURCE_DIR}/tests/support/)
        set(whole "")
        if(ROOM_WHOLE_TEST)
            set(whole WHOLE)
        endif()
        purse_test(${name}_test ${whole} SOURCES ${tests} ${ROOM_TEST_SUPPORT} USES purse_${name}
                   TOGETHER ${ROOM_TOGETHER})
    endif()
endfunction()

function(refuse_upward_includes name reach)
    foreach(file IN LISTS ARGN)
        set(allowed ${reach})
        if(file MATCHES "_test\\.[ch]pp$")
            list(APPEND allowed support) # tests/support
        endif()
        file(STRINGS ${file} lines REGEX "^#include \"")
        foreach(line IN LISTS lines)
            if(line MATCHES "^#include \"([a-z_]+)/" AND NOT CMAKE_MATCH_1 IN_LIST allowed)
                message(FATAL_ERROR
                    "${file}: includes room '${CMAKE_MATCH_1}', which room '${name}' does not use")
            endif()
        endforeach()
    endforeach()
endfunction()

# purse_test(name SOURCES files USES libraries): a GoogleTest program, one ctest entry per case.
# WHOLE makes the program one entry, where its cases share something dear (a database server);
# TOGETHER makes one entry of each suite that it names, where its cases share a made-up site.
# Tests find the published data by PURSE_SHARED, or beside the checkout (tests/support).
function(purse_test name)
    cmake_parse_arguments(TEST "WHOLE" "" "SOURCES;USES;TOGETHER" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE ${TEST_USES} purse_flags rapidcheck GTest::gtest_main)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/src)
    target_compile_definitions(${name} PRIVATE PURSE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_options(${name} PRIVATE ${PURSE_TEST_OPTIONS})
    if(TARGET test_precompiled)
        target_precompile_headers(${name} REUSE_FROM test_precompiled)
    endif()
    if(TEST_WHOLE)
        add_test(NAME ${name} COMMAND ${name})
        set_tests_properties(${name} PROPERTIES TIMEOUT 900)
        return()
    endif()
    foreach(suite IN LISTS TEST_TOGETHER)
        add_test(NAME ${suite} COMMAND ${name} --gtest_filter=${suite}.*)
        set_tests_properties(${suite} PROPERTIES TIMEOUT 900 SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
    endforeach()
    list(TRANSFORM TEST_TOGETHER APPEND ".*" OUTPUT_VARIABLE apart)
    list(JOIN apart ":" apart)
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120 DISCOVERY_MODE PRE_TEST TEST_FILTER "*:-${apart}"
                         PROPERTIES TIMEOUT 900 SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
endfunction()

include(GoogleTest)
