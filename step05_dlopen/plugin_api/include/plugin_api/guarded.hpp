// For plugins written in C++: turns exceptions into the status codes of the C ABI.

#pragma once

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "plugin_api/plugin_api.h"

// Copies as much of the text as fits, and returns whether that was all of it.
inline bool copy_text(std::string_view text, plugin_text& out) noexcept {
    out.length = std::min(text.size(), out.capacity);
    std::copy_n(text.data(), out.length, out.data);
    return out.length == text.size();
}

// For a result, which must not be cut.
inline void copy_result(std::string_view text, plugin_text& out) {
    if (!copy_text(text, out)) {
        throw std::length_error("the result does not fit the caller's buffer");
    }
}

// tag::guarded[]
// Runs the call. What it throws becomes a status and an error text; nothing gets past.
template <typename Call>
plugin_status guarded(plugin_text& error, Call&& call) noexcept {
    try {
        call();
        return PLUGIN_OK;
    } catch (const std::domain_error& refused) {
        copy_text(refused.what(), error);
        return PLUGIN_DOMAIN_ERROR;
    } catch (const std::exception& failure) {
        copy_text(failure.what(), error);
        return PLUGIN_FAILURE;
    } catch (...) {
        copy_text("an exception of unknown type", error);
        return PLUGIN_FAILURE;
    }
}
// end::guarded[]
