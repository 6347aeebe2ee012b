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

static void compare(struct nrm_findings *findings, const struct nrm_profile *profile,
                    const struct nrm_clock *clock, const struct nrm_clock *standard, int track)
{
    static const char *const tracks[] = {"adult", "child"};
    const struct nrm_amount *own = &clock->amounts[track], *wanted = &standard->amounts[track];
    struct nrm_buffer amount = {0};
    if (wanted->kind == NRM_AMOUNT_NONE ||
        (own->kind == NRM_AMOUNT_RR_END && wanted->kind == own->kind))
        return;
    if (own->kind == NRM_AMOUNT_NONE) {
        found(findings, profile, clock, tracks[track], "warning",
              "the recommended standards have this deadline, the profile has not");
        return;
    }
    if (own->kind != NRM_AMOUNT_DURATION || wanted->kind != NRM_AMOUNT_DURATION)
        return;
    double difference = hours(&own->duration) - hours(&wanted->duration);
    if (own->duration.unit == wanted->duration.unit)
        difference = own->duration.amount - wanted->duration.amount;
    if (clock->minimum ? difference >= 0 : difference <= 0)
        return;
    nrm_duration_text(wanted->duration, &amount);
    bool below_floor = clock == profile->reflection && hours(&own->duration) < 30 * 24;
    found(findings, profile, clock, tracks[track], below_floor ? "violation" : "warning",
          below_floor ? "shorter than the 30 days that the Council of Europe Convention (art. 13) "
                        "sets as the least"
                      : nrm_arena_printf(findings->arena, "below the recommended standard: %s %s",
                                         clock->minimum ? "at least" : "at most", amount.text));
    nrm_buffer_free(&amount);
}

void nrm_check_profile(struct nrm_findings *findings, const struct nrm_profile *profile,
                       const struct nrm_profile *standards)
{
    for (size_t i = 0; i < standards->clock_count; i++) {
        const struct nrm_clock *standard = &standards->clocks[i];
        const struct nrm_clock *clock = nrm_profile_clock(profile, nrm_str(standard->id));
        if (!clock) {
            found(findings, profile, standard, "adult", "warning",
                  "the recommended standards have this deadline, the profile has not");
            continue;
        }
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
