/* Checking a profile against the recommended standards: what lies below them; see check_profile.h.
 */
#include "rules/check_profile.h"

/* Rough length in hours, only to compare amounts of different units: a month counts as 30 days, and
 * five working days as seven. */
static double hours(const struct nrm_duration *duration)
{
    static const double of[] = {[NRM_MINUTES] = 1.0 / 60, [NRM_HOURS] = 1,
                                [NRM_DAYS] = 24,          [NRM_WORKING_DAYS] = 24 * 7.0 / 5,
                                [NRM_WEEKS] = 24 * 7,     [NRM_MONTHS] = 24 * 30,
                                [NRM_YEARS] = 24 * 365};
    return duration->amount * of[duration->unit];
}

static void found(struct nrm_findings *findings, const struct nrm_profile *profile,
                  const struct nrm_clock *clock, const char *track, const char *severity,
                  const char *message)
{
    struct nrm_finding finding = {
        .rule = nrm_arena_printf(findings->arena, "profile.%s", clock->id),
        .severity = severity,
        .result = NRM_FAIL,
        .path = nrm_arena_printf(findings->arena, "clocks.%s.%s", clock->id, track),
        .message = message,
        .source = clock->source,
        .place = {.file = profile->file, .line = 1, .column = 1},
    };
    nrm_findings_add(findings, &finding);
}

/* Whether the reflection period is shorter than a party to the Convention may make it (handbook
 * 13.10; H07-C002 H07-D032). */
static bool is_below_floor(const struct nrm_profile *profile, const struct nrm_duration *period)
{
    const struct nrm_value *party = nrm_setting_value(profile->settings, "coe_convention_party");
    if (party->kind == NRM_VALUE_BOOLEAN && !party->boolean)
        return false;
    return hours(period) < 30 * 24;
}

static bool is_below(const struct nrm_duration *own, const struct nrm_clock *standard, int track)
{
    const struct nrm_duration *wanted = &standard->amounts[track].duration;
    double difference =
        own->unit == wanted->unit ? own->amount - wanted->amount : hours(own) - hours(wanted);
    return standard->minimum ? difference < 0 : difference > 0;
}

static const char *below_message(struct nrm_arena *arena, const struct nrm_clock *standard,
                                 int track)
{
    struct nrm_buffer amount = {0};
    nrm_duration_text(standard->amounts[track].duration, &amount);
    const char *message = nrm_arena_printf(arena, "below the recommended standard: %s %s",
                                           standard->minimum ? "at least" : "at most", amount.text);
    nrm_buffer_free(&amount);
    return message;
}

/* CLOCK: that of the profile, or NULL. Ends of the period, of a permit and of childhood have no
 * length that could be compared. */
static void compare(struct nrm_findings *findings, const struct nrm_profile *profile,
                    const struct nrm_clock *clock, const struct nrm_clock *standard, int track)
{
    static const char *const tracks[] = {"adult", "child"};
    static const struct nrm_amount none = {.kind = NRM_AMOUNT_NONE};
    const struct nrm_amount *own = clock ? &clock->amounts[track] : &none;
    const struct nrm_amount *wanted = &standard->amounts[track];
    bool missing = own->kind == NRM_AMOUNT_NONE;
    if (wanted->kind == NRM_AMOUNT_NONE)
        return;
    if (!missing && (own->kind != NRM_AMOUNT_DURATION || wanted->kind != NRM_AMOUNT_DURATION ||
                     !is_below(&own->duration, standard, track)))
        return;
    bool floor = clock == profile->reflection && is_below_floor(profile, &own->duration);
    found(findings, profile, clock ? clock : standard, tracks[track],
          floor ? "violation" : "warning",
          floor     ? "shorter than the 30 days that the Council of Europe Convention (art. 13) "
                      "sets as the least"
          : missing ? "the recommended standards have this deadline, the profile has not"
                    : below_message(findings->arena, standard, track));
}

void nrm_check_profile(struct nrm_findings *findings, const struct nrm_profile *profile,
                       const struct nrm_profile *standards)
{
    for (size_t i = 0; i < standards->clock_count; i++) {
        const struct nrm_clock *standard = &standards->clocks[i];
        const struct nrm_clock *clock = nrm_profile_clock(profile, nrm_str(standard->id));
        for (int track = 0; track < NRM_TRACKS; track++)
            compare(findings, profile, clock, standard, track);
    }
    if (!profile->source || !profile->as_of) {
        struct nrm_finding finding = {
            .rule = "profile.provenance",
            .severity = "warning",
            .result = NRM_FAIL,
            .path = profile->source ? "as_of" : "source",
            .message = "a profile states where its figures come from and of which date",
            .source = "handbook 19",
            .place = {.file = profile->file, .line = 1, .column = 1},
        };
        nrm_findings_add(findings, &finding);
    }
}
