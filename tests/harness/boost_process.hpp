// The one place that knows where Boost.Process version 1 lives: in v1/ from Boost 1.86 on, as in
// Debian 13's 1.88, and at the top before, as in Debian 12's 1.81 and Ubuntu 24.04's 1.83.

#pragma once

#define BOOST_PROCESS_USE_STD_FS  // or it would have to link Boost.Filesystem

#if __has_include(<boost/process/v1/child.hpp>)
#include <boost/process/v1/args.hpp>
#include <boost/process/v1/child.hpp>
#include <boost/process/v1/env.hpp>
#include <boost/process/v1/environment.hpp>
#include <boost/process/v1/exe.hpp>
#include <boost/process/v1/extend.hpp>
#include <boost/process/v1/posix.hpp>
#include <boost/process/v1/start_dir.hpp>
namespace bp = boost::process::v1;
#else
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/posix.hpp>
#include <boost/process/start_dir.hpp>
namespace bp = boost::process;
#endif
