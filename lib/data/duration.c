/* Durations: an amount of one unit, as deadlines are written (48h, 5wd, 3mo), and in words. When a
 * duration is over is a matter of the calendar: see calendar.c. */
#include "data/time.h"

struct unit {
    const char *suffix;
    const char *one, *many;
};

static const struct unit units[] = {
    [NRM_MINUTES] = {"min", "minute", "minutes"},
    [NRM_HOURS] = {"h", "hour", "hours"},
    [NRM_DAYS] = {"d", "day", "days"},
    [NRM_WORKING_DAYS] = {"wd", "working day", "working days"},
    [NRM_WEEKS] = {"w", "week", "weeks"},
    [NRM_MONTHS] = {"mo", "month", "months"},
    [NRM_YEARS] = {"y", "year", "years"},
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

bool nrm_duration_parse(struct nrm_str text, struct nrm_duration *duration)
{
    *duration = (struct nrm_duration){0};
    size_t digits = 0;
    int64_t amount = 0;
    for (; digits < text.length && text.text[digits] >= '0' && text.text[digits] <= '9'; digits++) {
        amount = amount * 10 + (text.text[digits] - '0');
        if (amount > INT32_MAX)
            return false;
    }
    if (digits == 0)
        return false;

    struct nrm_str suffix = {text.text + digits, text.length - digits};
    for (uint8_t unit = 0; unit < UNIT_COUNT; unit++) {
        if (nrm_str_is(suffix, units[unit].suffix)) {
            *duration = (struct nrm_duration){(int32_t)amount, unit};
            return true;
        }
    }
    return false;
}

void nrm_duration_text(struct nrm_duration duration, struct nrm_buffer *buffer)
{
    if (duration.unit >= UNIT_COUNT)
        return;
    const struct unit *unit = &units[duration.unit];
    bool one = duration.amount == 1 || duration.amount == -1;
    nrm_buffer_printf(buffer, "%d %s", (int)duration.amount, one ? unit->one : unit->many);
}
