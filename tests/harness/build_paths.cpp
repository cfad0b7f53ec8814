#include "build_paths.hpp"

namespace build_paths {

const char* const fake_service = FAKE_SERVICE;
const char* const nats_server = NATS_SERVER;
const char* const openssl = OPENSSL;
const char* const proxy = PROXY;
const char* const reference_app = REFERENCE_APP;

const char* const faulty = FAULTY;

const char* const variables_of_steps = VARIABLES_OF_STEPS;
const int slowness = SLOWNESS;

}  // namespace build_paths
