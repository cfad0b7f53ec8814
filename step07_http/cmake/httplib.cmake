# The HTTP library as distributions pack it: for pkg-config, and compiled.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)

add_library(${STEP}_httplib INTERFACE)
add_library(${STEP}::httplib ALIAS ${STEP}_httplib)
target_link_libraries(${STEP}_httplib INTERFACE PkgConfig::HTTPLIB Threads::Threads)

find_package(OpenSSL QUIET)  # from 0.2x on, ThreadPool calls it from the header
if(OPENSSL_FOUND)
  target_link_libraries(${STEP}_httplib INTERFACE OpenSSL::Crypto)
endif()
