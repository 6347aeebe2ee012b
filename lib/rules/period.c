/* The recovery and reflection period; see period.h. */
#include "rules/period.h"

enum { DETENTION_DAYS = 36500 }; /* more is a slip of the pen */

struct nrm_time nrm_event_time(const struct nrm_event *event, const char *field)
{
    const struct nrm_field *known = nrm_event_field_find(event->type, nrm_str(field));
    struct nrm_value value = nrm_value_of_node(nrm_event_get(event, nrm_str(field)), known, field);
    return value.kind == NRM_VALUE_TIME ? value.time : (struct nrm_time){0};
}

static bool is_known(const struct nrm_time *time)
{
    return time->precision != NRM_TIME_UNKNOWN;
}

/* The later of two ends; an unknown one says nothing. */
static struct nrm_time later(const struct nrm_time *a, const struct nrm_time *b,
                             const struct nrm_zone *zone)
{
    if (!is_known(a))
        return *b;
    if (!is_known(b))
        return *a;
    return nrm_time_last(a, zone) >= nrm_time_last(b, zone) ? *a : *b;
}

static void begin(struct nrm_period *period, const struct nrm_profile *profile,
                  enum nrm_track track, const struct nrm_time *start)
{
    const struct nrm_amount *amount = &profile->reflection->amounts[track];
    *period = (struct nrm_period){.start = *start};
    if (is_known(start) && amount->kind == NRM_AMOUNT_DURATION)
        period->minimum = nrm_time_add(start, amount->duration, &profile->calendar);
    period->end = period->minimum;
}

/* Days in detention are no recovery (handbook 13.10): the period lasts as much longer, where the
 * profile does not count them. */
static void add_detention(struct nrm_period *period, const struct nrm_profile *profile,
                          const struct nrm_event *event)
{
    static const struct nrm_str name = {"detention_days", sizeof "detention_days" - 1};
    struct nrm_value days = nrm_value_of_node(nrm_event_get(event, name),
                                              nrm_event_field_find(event->type, name), name.text);
    if (profile->detention_counts || days.kind != NRM_VALUE_NUMBER || !(days.number >= 1) ||
        days.number > DETENTION_DAYS || !is_known(&period->minimum))
        return;
    struct nrm_duration longer = {.amount = (int32_t)days.number, .unit = NRM_DAYS};
    period->minimum = nrm_time_add(&period->minimum, longer, &profile->calendar);
}

void nrm_period_owed(struct nrm_period *period, const struct nrm_profile *profile,
                     enum nrm_track track, const struct nrm_time *at)
{
    begin(period, profile, track, at);
}

void nrm_period_owed_again(struct nrm_period *period, const struct nrm_profile *profile,
                           enum nrm_track track, const struct nrm_time *at)
{
    const struct nrm_zone *zone = profile->calendar.zone;
    struct nrm_period again;
    begin(&again, profile, track, at);
    period->minimum = later(&period->minimum, &again.minimum, zone);
    if (is_known(&period->end))
        period->end = later(&period->end, &again.minimum, zone);
}

void nrm_period_granted(struct nrm_period *period, const struct nrm_profile *profile,
                        enum nrm_track track, const struct nrm_event *event, bool running)
{
    const struct nrm_zone *zone = profile->calendar.zone;
    const struct nrm_period before = *period;
    struct nrm_time start = nrm_event_time(event, "from");
    struct nrm_time until = nrm_event_time(event, "until");
    if (!is_known(&start) && !(profile->from_positive && is_known(&period->start)))
        start = event->at;
    if (!is_known(&start))
        start = period->start;
    begin(period, profile, track, &start);
    add_detention(period, profile, event);
    period->end = later(&period->minimum, &until, zone);
    if (!running)
        return;
    period->minimum = later(&period->minimum, &before.minimum, zone);
    period->end = is_known(&before.end) ? later(&period->end, &before.end, zone) : before.end;
}

void nrm_period_extended(struct nrm_period *period, const struct nrm_profile *profile,
                         const struct nrm_event *event)
{
    struct nrm_time until = nrm_event_time(event, "until");
    add_detention(period, profile, event);
    if (is_known(&until)) {
        period->end = later(&period->end, &until, profile->calendar.zone);
        period->end = later(&period->end, &period->minimum, profile->calendar.zone);
    } else {
        period->end = (struct nrm_time){0};
    }
}

bool nrm_period_is_over(const struct nrm_period *period, const struct nrm_profile *profile,
                        int64_t now)
{
    return is_known(&period->end) && now > nrm_time_last(&period->end, profile->calendar.zone);
}
