/* For LD_PRELOAD: step 03's formatting of a value takes half a second. */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int format_slowly(char* text, size_t size, const char* format, va_list arguments) {
    if (strncmp(format, "Value-", 6) == 0) {
        usleep(500 * 1000);
    }
    return vsnprintf(text, size, format, arguments);
}

int snprintf(char* text, size_t size, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length = format_slowly(text, size, format, arguments);
    va_end(arguments);
    return length;
}

/* What snprintf() is where _FORTIFY_SOURCE is on. */
int __snprintf_chk(char* text, size_t size, int flag, size_t space, const char* format, ...);
int __snprintf_chk(char* text, size_t size, int flag, size_t space, const char* format, ...) {
    (void)flag;
    (void)space;
    va_list arguments;
    va_start(arguments, format);
    const int length = format_slowly(text, size, format, arguments);
    va_end(arguments);
    return length;
}
