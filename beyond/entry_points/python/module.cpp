// Python as an entry point: the module value_pipeline._core.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "core/outcome.hpp"
#include "core/parse_value.hpp"

namespace py = pybind11;

namespace {

// The digits, or a description where there are more than Python prints.
std::string shown(const py::int_& number) {
    const auto text = py::reinterpret_steal<py::object>(PyObject_Str(number.ptr()));
    if (!text) {
        PyErr_Clear();
        return "the integer";
    }
    return text.cast<std::string>();
}

// Python's integers are unbounded; ours have 32 bits. Throws what becomes an OverflowError.
std::int32_t to_int32(const py::int_& number) {
    int overflow = 0;
    const auto value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
    if (overflow != 0 || value < std::numeric_limits<std::int32_t>::min() ||
        value > std::numeric_limits<std::int32_t>::max()) {
        throw std::overflow_error(shown(number) + ' ' + std::string(not_a_value));
    }
    return static_cast<std::int32_t>(value);
}

// tag::threads[]
// The core knows nothing of Python, so Python's other threads may run meanwhile.
Outcome outcome_of(const py::int_& number) {
    const std::int32_t value = to_int32(number);
    const py::gil_scoped_release others_may_run;
    return evaluate(value);
}
// end::threads[]

// A refused value raises a DomainError, which has the outcome so far.
Outcome accepted(const py::int_& number, const py::handle& domain_error) {
    Outcome outcome = outcome_of(number);
    if (outcome.refused()) {
        const py::object error = domain_error(outcome.error);
        error.attr("outcome") = outcome;
        PyErr_SetObject(domain_error.ptr(), error.ptr());
        throw py::error_already_set();
    }
    return outcome;
}

// A result can be pickled, so that it gets from one process to another: as its members.
template <typename Result, typename... Members>
auto pickled(Members Result::*... members) {
    return py::pickle([=](const Result& result) { return py::make_tuple(result.*members...); },
                      [=](const py::tuple& state) {
                          Result result;
                          std::size_t at = 0;
                          ((result.*members = state[at++].template cast<Members>()), ...);
                          return result;
                      });
}

void add_results(py::module_& module) {
    py::class_<ProcessResult>(module, "ProcessResult")
        .def(pickled(&ProcessResult::value, &ProcessResult::processed))
        .def_readonly("value", &ProcessResult::value)
        .def_readonly("processed", &ProcessResult::processed);
    py::class_<TransformResult>(module, "TransformResult")
        .def(pickled(&TransformResult::original, &TransformResult::transformed))
        .def_readonly("original", &TransformResult::original)
        .def_readonly("transformed", &TransformResult::transformed);
    py::class_<Outcome>(module, "Outcome")
        .def(pickled(&Outcome::input, &Outcome::processed, &Outcome::valid, &Outcome::transformed,
                     &Outcome::analysis, &Outcome::error))
        .def_readonly("input", &Outcome::input)
        .def_readonly("processed", &Outcome::processed)
        .def_readonly("valid", &Outcome::valid)
        .def_readonly("transformed", &Outcome::transformed)
        .def_readonly("analysis", &Outcome::analysis)
        .def_readonly("error", &Outcome::error)
        .def("json", &to_json)
        .def("__repr__",
             [](const Outcome& outcome) { return "<Outcome " + to_json(outcome) + ">"; });
}

}  // namespace

PYBIND11_MODULE(_core, module) {
    add_results(module);
    const auto domain_error = py::reinterpret_steal<py::object>(
        PyErr_NewException("value_pipeline.DomainError", PyExc_ValueError, nullptr));
    module.attr("DomainError") = domain_error;
    module.def(
        "evaluate",
        [error = domain_error](const py::int_& value) { return accepted(value, error); },
        py::arg("value"));
    module.def(
        "evaluate_json", [](const py::int_& value) { return to_json(outcome_of(value)); },
        py::arg("value"));
}
