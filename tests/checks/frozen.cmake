# cmake -D STEP=folder -P frozen.cmake: checks the files that must not change any more from step03 on.
# To change one after all, change it in every step from 03 to 08, and its checksum here (sha256sum).

set(pipeline.cpp   3d70d9ffe974a7349e899ac8f755f00498c4f5c386fbe1239006404115ba1d12)
set(pipeline.hpp   4e8d79942d4eea011d0f7291f894e242c7a22d42578cbf3fc92694160f090236)
set(component1.cpp ab7f6df51baa1c2de951d29c40383510fcb3a0efbf0508983b4b2dbb13781e05)
set(component2.cpp 301130e9abc6f0f06f8cc326b394f5cd2a3408075e6f77618169f47e65b0a10c)

foreach(name pipeline.cpp pipeline.hpp component1.cpp component2.cpp)
  file(GLOB_RECURSE files ${STEP}/*/${name})
  if(NOT files)
    message(SEND_ERROR "${STEP}: no ${name}")
  endif()
  foreach(file IN LISTS files)
    file(SHA256 ${file} checksum)
    if(NOT checksum STREQUAL "${${name}}")
      message(SEND_ERROR "${file} has changed: its checksum is ${checksum}")
    endif()
  endforeach()
endforeach()
