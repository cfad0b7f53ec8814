# add_function(name source...): a program that is a cloud function, and with the target "package" the zip
# NAME.zip, which holds it under the name that the cloud starts.

set(CPACK_GENERATOR ZIP)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)  # an archive for each component
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_INCLUDE_TOPLEVEL_DIRECTORY OFF)
set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY OFF)
set(CPACK_STRIP_FILES OFF)  # the linker did
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/zips)
set(CPACK_COMPONENTS_ALL)

option(FUNCTIONS_STATIC "Link functions without shared libraries" ON)

# tag::add_function[]
function(add_function name)
  add_executable(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES
    OUTPUT_NAME bootstrap
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${name}
  )
  target_link_options(${name} PRIVATE -s $<$<BOOL:${FUNCTIONS_STATIC}>:-static>)  # the cloud has no libraries for it
  install(TARGETS ${name} RUNTIME DESTINATION . COMPONENT ${name})
  set_property(GLOBAL APPEND PROPERTY FUNCTIONS ${name})
endfunction()
# end::add_function[]

# package_functions(): after the last of them.
macro(package_functions)  # not a function, since CPack looks at variables
  get_property(CPACK_COMPONENTS_ALL GLOBAL PROPERTY FUNCTIONS)
  foreach(name IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${name} component)
    set(CPACK_ARCHIVE_${component}_FILE_NAME ${name})
  endforeach()
  include(CPack)
endmacro()
