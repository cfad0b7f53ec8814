# Copies of each step's Component1 with a fault planted into process(), in the folder faulty/stepNN: a
# whole program where nothing less can be replaced, else a library, a plugin, a service.

# plant_fault(target step source): compiles the source, with the fault, into the target.
function(plant_fault target step source)
  set(source ${${step}_SOURCE_DIR}/${source})
  set(copy ${CMAKE_CURRENT_BINARY_DIR}/faulty/${step}.cpp)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plant_fault.cmake)
  add_custom_command(
    OUTPUT ${copy}
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${source} -D COPY=${copy} -P ${script}
    DEPENDS ${source} ${script}
    VERBATIM
  )
  cmake_path(GET source PARENT_PATH folder)
  target_sources(${target} PRIVATE ${copy})
  target_include_directories(${target} PRIVATE ${folder} ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_definitions(${target} PRIVATE COMPONENT1_VERSION="0.1.0")
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/faulty/${step}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/faulty/${step}
  )
endfunction()

add_executable(faulty_step00)
plant_fault(faulty_step00 step00 main.cpp)

add_executable(faulty_step01)
foreach(file main.cpp options.cpp shell.cpp values.cpp pipeline.cpp component2.cpp)
  target_sources(faulty_step01 PRIVATE ${step01_SOURCE_DIR}/${file})
endforeach()
plant_fault(faulty_step01 step01 component1.cpp)

foreach(step step02 step03)  # the linker takes nothing from the library that it has already
  add_executable(faulty_${step} ${${step}_SOURCE_DIR}/app/main.cpp)
  plant_fault(faulty_${step} ${step} component1/src/component1.cpp)
  target_link_libraries(faulty_${step}
    PRIVATE
      ${step}::cli
      ${step}::component1
      ${step}::component2
      ${step}::pipeline
  )
endforeach()

foreach(step step00 step01 step02 step03)
  set_target_properties(faulty_${step} PROPERTIES OUTPUT_NAME app)
endforeach()

add_library(faulty_step04 SHARED)
plant_fault(faulty_step04 step04 component1/src/component1.cpp)
target_include_directories(faulty_step04
  PRIVATE $<TARGET_PROPERTY:step04_component1,INTERFACE_INCLUDE_DIRECTORIES>
)
target_link_libraries(faulty_step04 PRIVATE step04::interfaces)
set_target_properties(faulty_step04 PROPERTIES
  OUTPUT_NAME component1
  SOVERSION 0
)

set(STEP step05)
add_plugin(faulty_step05 component1 ${step05_SOURCE_DIR}/component1/src/plugin.cpp)
plant_fault(faulty_step05 step05 component1/src/component1.cpp)
target_link_libraries(faulty_step05 PRIVATE step05::component1)

foreach(step step06 step07 step08)
  add_executable(faulty_${step} ${${step}_SOURCE_DIR}/service1/main.cpp)
  plant_fault(faulty_${step} ${step} component1/src/component1.cpp)
  target_link_libraries(faulty_${step}
    PRIVATE
      ${step}::component1
      ${step}::service
  )
  set_target_properties(faulty_${step} PROPERTIES OUTPUT_NAME service1)
endforeach()

# Another form, and no number says so: the members of process()'s result in another order. In the folder
# faulty/stepNN/other_form a library, a plugin, a service, each of the version that the program expects.
# plant_other_form(target step output_name [SOURCE COPY]...): compiles the copies; those of headers come first.
function(plant_other_form target step output_name)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/faulty/${step}/other_form)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plant_other_form.cmake)
  while(ARGN)
    list(POP_FRONT ARGN source copy)
    set(source ${${step}_SOURCE_DIR}/${source})
    add_custom_command(
      OUTPUT ${folder}/${copy}
      COMMAND ${CMAKE_COMMAND} -D SOURCE=${source} -D COPY=${folder}/${copy} -P ${script}
      DEPENDS ${source} ${script}
      VERBATIM
    )
    target_sources(${target} PRIVATE ${folder}/${copy})
  endwhile()
  target_include_directories(${target} BEFORE PRIVATE ${folder} ${${step}_SOURCE_DIR}/component1/src)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_definitions(${target} PRIVATE COMPONENT1_VERSION="0.1.0")
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${output_name}
    RUNTIME_OUTPUT_DIRECTORY ${folder}
    LIBRARY_OUTPUT_DIRECTORY ${folder}
  )
endfunction()

add_library(other_form_step04 SHARED)
plant_other_form(other_form_step04 step04 component1
  component1/src/component1.cpp component1.cpp
  interfaces/include/interfaces/processor.hpp interfaces/processor.hpp
)
target_include_directories(other_form_step04
  PRIVATE $<TARGET_PROPERTY:step04_component1,INTERFACE_INCLUDE_DIRECTORIES>
)
target_link_libraries(other_form_step04 PRIVATE step04::interfaces)
set_target_properties(other_form_step04 PROPERTIES SOVERSION 0)

add_plugin(other_form_step05 component1)
plant_other_form(other_form_step05 step05 component1
  component1/src/plugin.cpp plugin.cpp
  plugin_api/include/plugin_api/plugin_api.h plugin_api/plugin_api.h
)
target_link_libraries(other_form_step05 PRIVATE step05::component1)

foreach(step step06 step07 step08)
  add_executable(other_form_${step} ${${step}_SOURCE_DIR}/service1/main.cpp)
  plant_other_form(other_form_${step} ${step} service1
    component1/src/component1.cpp component1.cpp
    interfaces/include/interfaces/processor.hpp interfaces/processor.hpp
  )
  target_link_libraries(other_form_${step}
    PRIVATE
      ${step}::component1
      ${step}::service
  )
endforeach()
