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

# add_refused_include_test(name header source folder): with the app's include path the source does not
# compile, since it does not find the header; with the folder it does, so it fails for no other reason.
# tag::add_refused_include_test[]
function(add_refused_include_test name header source folder)
  set(compile ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only
    -I$<JOIN:$<TARGET_PROPERTY:${STEP}_app,INCLUDE_DIRECTORIES>,$<SEMICOLON>-I>
    ${CMAKE_CURRENT_SOURCE_DIR}/${source}
  )
  add_test(NAME ${STEP}.unit.${name}.refused
    COMMAND ${compile}
    COMMAND_EXPAND_LISTS
  )
  set_tests_properties(${STEP}.unit.${name}.refused PROPERTIES
    PASS_REGULAR_EXPRESSION "${header}: No such file|'${header}' file not found"
  )
  add_test(NAME ${STEP}.unit.${name}.seen_from_inside
    COMMAND ${compile} -I${folder}
    COMMAND_EXPAND_LISTS
  )
endfunction()
# end::add_refused_include_test[]
