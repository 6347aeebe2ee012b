/* The recovery and reflection period; see period.h. */
#include "rules/period.h"

struct nrm_time nrm_event_time(const struct nrm_event *event, const char *field)
{
    const struct nrm_field *known =
        event->type ? nrm_event_field_find(event->type, nrm_str(field)) : NULL;
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

void nrm_period_owed(struct nrm_period *period, const struct nrm_profile *profile,
                     enum nrm_track track, const struct nrm_time *at)
{
    begin(period, profile, track, at);
}

void nrm_period_granted(struct nrm_period *period, const struct nrm_profile *profile,
                        enum nrm_track track, const struct nrm_event *event)
{
    struct nrm_time start = nrm_event_time(event, "from");
    struct nrm_time until = nrm_event_time(event, "until");
    if (!is_known(&start))
        start = event->at;
    if (!is_known(&start))
        start = period->start;
    begin(period, profile, track, &start);
    period->end = later(&period->minimum, &until, profile->calendar.zone);
}

void nrm_period_extended(struct nrm_period *period, const struct nrm_profile *profile,
                         const struct nrm_event *event)
{
    struct nrm_time until = nrm_event_time(event, "until");
    if (is_known(&until))
        period->end = later(&period->end, &until, profile->calendar.zone);
    else
        period->end = (struct nrm_time){0};
}

bool nrm_period_is_over(const struct nrm_period *period, const struct nrm_profile *profile,
                        int64_t now)
{
    return is_known(&period->end) && now > nrm_time_last(&period->end, profile->calendar.zone);
}
