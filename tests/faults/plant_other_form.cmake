# cmake -D SOURCE=file -D COPY=file -P plant_other_form.cmake: copies the source, with the members of
# process()'s result in another order.

file(READ ${SOURCE} text)
set(planted "${text}")
macro(replace from to)
  string(REPLACE "${from}" "${to}" planted "${planted}")
endmacro()
replace("std::int32_t value;\n    bool processed;" "bool processed;\n    std::int32_t value;")
replace("return {*value, true};"
  "ProcessResult result{};  // the gap between its members, too\n    result.processed = true;\n    result.value = *value;\n    return result;")
replace("int32_t value;\n    uint8_t processed; /* 0 or 1 */" "uint8_t processed; /* 0 or 1 */\n    int32_t value;")
replace("*result = {processed.value, static_cast<std::uint8_t>(processed.processed)};"
  "result->processed = static_cast<std::uint8_t>(processed.processed);\n        result->value = processed.value;")
if(planted STREQUAL text)
  message(FATAL_ERROR "${SOURCE}: it does not know the members of a result")
endif()
file(WRITE ${COPY} "${planted}")
