/* Messages with places; see message.h. */
#include "base/message.h"

#include <stdarg.h>

#include "base/text.h"

void nrm_tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
              const char *format, ...)
{
    if (!sink)
        return;
    unsigned long *counts[] = {&sink->notes, &sink->warnings, &sink->errors};
    ++*counts[level];
    if (!sink->tell)
        return;
    struct nrm_buffer raw = {0}, safe = {0};
    va_list arguments;
    va_start(arguments, format);
    nrm_buffer_vprintf(&raw, format, arguments);
    va_end(arguments);
    nrm_text_add_safe(&safe, (struct nrm_str){raw.text, raw.length});
    sink->tell(sink, level, place, safe.text ? safe.text : "");
    nrm_buffer_free(&raw);
    nrm_buffer_free(&safe);
}
