/* Deadlines as a calendar; see icalendar.h. */
#include "rules/icalendar.h"

#include <libical/ical.h>
#include <stdlib.h>

struct nrm_icalendar {
    icalcomponent *component;
    struct icaltimetype stamp;
};

static struct icaltimetype instant(int64_t utc)
{
    return icaltime_from_timet_with_zone((time_t)utc, 0, icaltimezone_get_utc_timezone());
}

static struct icaltimetype whole_day(int32_t day)
{
    struct icaltimetype time = icaltime_null_date();
    nrm_day_to_civil(day, &time.year, &time.month, &time.day);
    time.is_date = 1;
    return time;
}

struct nrm_icalendar *nrm_icalendar_new(const struct nrm_time *now)
{
    struct nrm_icalendar *calendar = nrm_calloc(1, sizeof *calendar);
    calendar->stamp = instant(now->utc);
    calendar->component =
        icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                            icalproperty_new_prodid("-//nrm//nrm-deadline//EN"),
                            icalproperty_new_method(ICAL_METHOD_PUBLISH), (void *)0);
    return calendar;
}

/* The same for the same deadline of the same case, whatever characters an id has. */
static void add_uid(struct nrm_buffer *uid, struct nrm_str id, const char *deadline)
{
    nrm_buffer_printf(uid, "%s-", deadline);
    for (size_t i = 0; i < id.length; i++) {
        unsigned char c = (unsigned char)id.text[i];
        bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        nrm_buffer_printf(uid, plain ? "%c" : "%%%02X", c);
    }
    nrm_buffer_printf(uid, "@nrm");
}

static int seconds(struct nrm_duration warn)
{
    static const int of[] = {
        [NRM_MINUTES] = 60,         [NRM_HOURS] = 3600,      [NRM_DAYS] = 86400,
        [NRM_WORKING_DAYS] = 86400, [NRM_WEEKS] = 7 * 86400, [NRM_MONTHS] = 30 * 86400,
        [NRM_YEARS] = 365 * 86400};
    int64_t amount = (int64_t)warn.amount * of[warn.unit];
    return amount > INT32_MAX ? INT32_MAX : (int)amount;
}

static icalcomponent *alarm_before(struct nrm_duration warn, const char *summary)
{
    struct icaltriggertype trigger = {.time = icaltime_null_time(),
                                      .duration = icaldurationtype_from_int(-seconds(warn))};
    return icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY),
                               icalproperty_new_trigger(trigger),
                               icalproperty_new_description(summary), (void *)0);
}

void nrm_icalendar_add(struct nrm_icalendar *calendar, struct nrm_str id, const struct nrm_due *due)
{
    struct nrm_buffer uid = {0}, summary = {0};
    bool owed = due->state == NRM_DUE_PENDING || due->state == NRM_DUE_SOON ||
                due->state == NRM_DUE_OVERDUE;
    if (!owed || due->due.precision == NRM_TIME_UNKNOWN)
        return;
    add_uid(&uid, id, due->clock->id);
    nrm_buffer_printf(&summary, "%s: ", due->clock->label);
    nrm_text_add_safe(&summary, id);
    struct icaltimetype start =
        due->due.precision == NRM_TIME_SECOND ? instant(due->due.utc) : whole_day(due->due.day);
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid.text),
        icalproperty_new_dtstamp(calendar->stamp), icalproperty_new_dtstart(start),
        icalproperty_new_summary(summary.text), icalproperty_new_categories(due->clock->severity),
        icalproperty_new_comment(due->clock->source),
        icalproperty_new_class(ICAL_CLASS_CONFIDENTIAL),
        icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT),
        alarm_before(due->clock->warn, summary.text), (void *)0);
    icalcomponent_add_component(calendar->component, event);
    nrm_buffer_free(&uid);
    nrm_buffer_free(&summary);
}

void nrm_icalendar_finish(struct nrm_icalendar *calendar, struct nrm_output *output)
{
    char *text = icalcomponent_as_ical_string_r(calendar->component);
    nrm_output_text(output, text ? text : "");
    free(text);
    icalcomponent_free(calendar->component);
    free(calendar);
}
