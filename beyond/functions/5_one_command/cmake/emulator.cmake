# The emulator runs on this machine, whichever the functions are for: a build of its own, once for all.

set(EMULATOR "" CACHE FILEPATH "The emulator; empty: build it")
if(NOT EMULATOR)
  include(ExternalProject)
  set(folder ${PROJECT_SOURCE_DIR}/build/emulator)
  ExternalProject_Add(emulator
    SOURCE_DIR ${PROJECT_SOURCE_DIR}/../emulator
    BINARY_DIR ${folder}
    CMAKE_ARGS -D CMAKE_BUILD_TYPE=Release
    INSTALL_COMMAND ""
    BUILD_ALWAYS ON
  )
  set(EMULATOR ${folder}/emulator)
endif()
