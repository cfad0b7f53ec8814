// The one place that knows where Boost keeps version 1 of Boost.Process: below v1 since 1.86.

#pragma once

#define BOOST_PROCESS_USE_STD_FS  // without it, Boost 1.81 wants the library Boost.Filesystem
#if __has_include(<boost/process/v1/child.hpp>)
#include <boost/process/v1/args.hpp>
#include <boost/process/v1/child.hpp>
#include <boost/process/v1/extend.hpp>
#include <boost/process/v1/io.hpp>
#include <boost/process/v1/pipe.hpp>
namespace boost_process = boost::process::v1;
#else
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
namespace boost_process = boost::process;
#endif
