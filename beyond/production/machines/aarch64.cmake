# 64-bit ARM Linux, compiled on another machine: cmake -D CMAKE_TOOLCHAIN_FILE=aarch64.cmake
# Debian and Ubuntu: g++-aarch64-linux-gnu; to run the programs here: qemu-user-static.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_FIND_ROOT_PATH /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)   # what builds runs here
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)    # what is linked runs there
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)    # headers without a library are the same for both
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-aarch64-static;-L;/usr/aarch64-linux-gnu")
