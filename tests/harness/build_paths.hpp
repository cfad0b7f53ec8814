// What only the build knows. In one source, so that all others compile to the same whatever is
// built.

#pragma once

namespace build_paths {

// Programs that the tests start.
extern const char* const fake_service;
extern const char* const nats_server;
extern const char* const openssl;
extern const char* const proxy;
extern const char* const reference_app;  // step00's

extern const char* const faulty;  // a folder with a folder for each step, with planted faults

// How many times longer than usual the step's programs may take: sanitizers slow them.
extern const char* const variables_of_steps;  // with blanks between
extern const int slowness;

}  // namespace build_paths
