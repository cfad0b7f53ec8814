# cmake -D SOURCE=file -D COPY=file -P plant_fault.cmake: copies the source, with a fault in process().

file(READ ${SOURCE} text)
string(REPLACE " = doubled(input);" " = doubled(faulty_component::fault(input));" planted "${text}")
if(planted STREQUAL text)
  message(FATAL_ERROR "${SOURCE}: no place to plant a fault")
endif()
file(WRITE ${COPY} "#include \"faulty_component.hpp\"\n${planted}")
