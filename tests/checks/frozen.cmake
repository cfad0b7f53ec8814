# Files that do not change any more: from a file's first step to its last they are the same, byte for byte, and what
# frozen.sums says.
#
#   cmake -D STEP=folder -P frozen.cmake   checks those of a step
#   cmake -D WRITE=ON -P frozen.cmake      writes frozen.sums anew, from the first step of each file: for a file that is
#                                          new in the table, or one that had to change after all, in all its steps

# path in the step (in step01, which is flat: the name alone), first step, last step
set(table
  component1/src/component1.cpp                  03 08
  component1/src/doubled.hpp                     02 08
  component2/src/component2.cpp                  03 08
  app/pipeline.cpp                               03 08
  app/pipeline.hpp                               03 08
  interfaces/include/interfaces/processor.hpp    03 08
  interfaces/include/interfaces/transformer.hpp  03 08
  cli/values.cpp                                 01 08
  cli/values.hpp                                 01 08
  cli/shell.cpp                                  01 08
  cli/shell.hpp                                  01 08
  cli/options.cpp                                01 08
  cli/options.hpp                                01 08
  cli/arguments.cpp                              05 08
  cli/arguments.hpp                              05 08
  cli/number_option.cpp                          06 08
  cli/number_option.hpp                          06 08
  cli/story.hpp                                  06 08
  app/client.hpp                                 06 08
  app/remote_processor.cpp                       06 08
  app/remote_processor.hpp                       06 08
  app/remote_transformer.cpp                     06 08
  app/remote_transformer.hpp                     06 08
  protocol/include/protocol/payloads.hpp         06 08
  service/run_service.hpp                        06 08
  service/service_options.cpp                    06 08
  service/service_options.hpp                    06 08
  service1/main.cpp                              06 08
  service2/main.cpp                              06 08
  app/backoff.hpp                                07 08
  app/batch.cpp                                  07 08
  app/batch.hpp                                  07 08
  service/stop_signals.hpp                       07 08
)

set(sums ${CMAKE_CURRENT_LIST_DIR}/frozen.sums)

# Leaves in ${result} where the file is in the step.
function(find_frozen result step file)
  if(step MATCHES "step01[^/]*$")
    cmake_path(GET file FILENAME file)
  endif()
  if(NOT EXISTS ${step}/${file})
    message(FATAL_ERROR "${step}: no ${file}, which is frozen")
  endif()
  set(${result} ${step}/${file} PARENT_SCOPE)
endfunction()

if(WRITE)
  set(lines)
else()
  string(REGEX MATCH "step([0-9][0-9])[^/]*$" name ${STEP})
  set(number ${CMAKE_MATCH_1})
  file(READ ${sums} known)
endif()

while(table)
  list(POP_FRONT table file first last)
  if(WRITE)
    file(GLOB step ${CMAKE_CURRENT_LIST_DIR}/../../step${first}_*)
    find_frozen(found ${step} ${file})
    file(SHA256 ${found} checksum)
    string(APPEND lines "${checksum}  ${file}\n")
  elseif(number GREATER_EQUAL first AND number LESS_EQUAL last)
    find_frozen(found ${STEP} ${file})
    file(SHA256 ${found} checksum)
    string(FIND "${known}" "${checksum}  ${file}\n" position)
    if(position EQUAL -1)
      message(SEND_ERROR "${found} is frozen from step${first} to step${last}, but is not what frozen.sums says: undo the change or, if it is in all of these steps on purpose, run cmake -D WRITE=ON -P tests/checks/frozen.cmake")
    endif()
  endif()
endwhile()

if(WRITE)
  file(WRITE ${sums} "${lines}")
endif()
