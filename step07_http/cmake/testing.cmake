# add_unit_tests(target source...): a Catch2 program, each of its tests known to ctest as stepNN.unit.<name>.
find_package(Catch2 REQUIRED)
include(Catch)

# tag::add_unit_tests[]
function(add_unit_tests target)
  add_executable(${target} ${ARGN})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR})  # catch2.hpp
  target_link_libraries(${target} PRIVATE Catch2::Catch2WithMain)
  catch_discover_tests(${target} TEST_PREFIX ${STEP}.unit.)
endfunction()
# end::add_unit_tests[]
