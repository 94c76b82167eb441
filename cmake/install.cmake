# make install and the .deb: the program, libduckdb.so beside it, the rules, the documents.
include(GNUInstallDirs)
