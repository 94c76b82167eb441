# make install and the .deb: the program, its other parts (libduckdb.so, Typst, what prints), the rules, the
# documents.
include(GNUInstallDirs)

set_target_properties(purse PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/purse")
install(TARGETS purse RUNTIME DESTINATION bin)
install(FILES ${PURSE_DUCKDB_LIBRARY} DESTINATION lib/purse)
install(DIRECTORY rules print DESTINATION share/purse)
install(DIRECTORY third_party/typst/packages/typst DESTINATION lib/purse/python PATTERN __pycache__ EXCLUDE)
install(DIRECTORY third_party/typst/packages/ DESTINATION share/doc/purse/typst
    FILES_MATCHING PATTERN LICENSE PATTERN "*.cyclonedx.json" PATTERN typst EXCLUDE)
install(DIRECTORY web/dist/ DESTINATION share/purse/pages OPTIONAL)
install(FILES api/openapi.yaml DESTINATION share/doc/purse)
install(FILES LICENSE README.md DESTINATION share/doc/purse)
install(DIRECTORY docs/ DESTINATION share/doc/purse)

set(CPACK_PACKAGE_NAME purse)
set(CPACK_PACKAGE_CONTACT "The Purse project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_BINARY_DIR};${PURSE_DUCKDB_DIR}/@duckdb/node-bindings-linux-x64")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql, python3, fonts-liberation")
set(CPACK_STRIP_FILES ON)
include(CPack)
