/* The rules of one run: the compiled machine, the zones, and the profiles that cases name; see
 * standing.h. */
#include "rules/standing.h"

#include <stdlib.h>

#include "data/find.h"
#include "rules/fold.h"
#include "rules/machine.h"
#include "rules/profile.h"

enum { PROFILES = 512 };

/* A profile by the name that a case or -p gives it; PROFILE is NULL where it could not be read, so
 * that this is told once. */
struct named_profile {
    struct nrm_str name;
    const struct nrm_profile *profile;
};

struct nrm_rules {
    struct nrm_arena arena;
    struct nrm_machine machine;
    struct nrm_zones *zones;
    struct nrm_time now;
    struct nrm_str profile; /* of -p */
    struct nrm_sink *sink;
    struct named_profile profiles[PROFILES];
    size_t profile_count;
};

static const struct nrm_profile *profile_by_name(struct nrm_rules *rules, struct nrm_str name)
{
    for (size_t i = 0; i < rules->profile_count; i++)
        if (nrm_str_equal(rules->profiles[i].name, name))
            return rules->profiles[i].profile;
    if (rules->profile_count == PROFILES) {
        nrm_tell(rules->sink, NRM_ERROR, NULL, "more than %d profiles are named in one run",
                 PROFILES);
        return NULL;
    }
    struct named_profile *named = &rules->profiles[rules->profile_count++];
    named->name.text = nrm_arena_copy(&rules->arena, name.text, name.length);
    named->name.length = name.length;
    named->profile =
        nrm_profile_read(&rules->arena, named->name, &rules->machine, rules->zones, rules->sink);
    return named->profile;
}

struct nrm_rules *nrm_rules_new(const struct nrm_rules_options *options)
{
    struct nrm_rules *rules = nrm_calloc(1, sizeof *rules);
    rules->now = options->now;
    rules->sink = options->sink;
    rules->zones = nrm_zones_new();
    bool ready = nrm_machine_compile(&rules->machine, &rules->arena, options->sink);
    if (ready && options->profile.text) {
        rules->profile = options->profile;
        ready = profile_by_name(rules, options->profile) != NULL;
    }
    if (ready)
        return rules;
    nrm_rules_free(rules);
    return NULL;
}

void nrm_rules_free(struct nrm_rules *rules)
{
    if (!rules)
        return;
    nrm_zones_free(rules->zones);
    nrm_arena_free(&rules->arena);
    free(rules);
}

const struct nrm_names *nrm_rules_names(const struct nrm_rules *rules)
{
    return &rules->machine.names;
}

int nrm_rules_name(const struct nrm_rules *rules, struct nrm_str name)
{
    for (size_t i = 0; i < rules->machine.names.count; i++)
        if (nrm_str_is(name, rules->machine.names.names[i]))
            return (int)i;
    return -1;
}

const struct nrm_machine *nrm_rules_machine(const struct nrm_rules *rules)
{
    return &rules->machine;
}

/* A name from a case must not reach files outside the profile folders. */
static bool is_plain_name(struct nrm_str name)
{
    return name.length > 0 && name.length <= 64 && name.text[0] != '.' &&
           !memchr(name.text, '/', name.length);
}

/* A case that names a profile which is not there is judged by the recommended standards: its clocks
 * must not fall silent. */
static const struct nrm_profile *fall_back(struct nrm_rules *rules, const struct nrm_case *c,
                                           const char *why)
{
    struct nrm_place place = nrm_node_place(nrm_node_get(c->root, NRM_STR("profile")), c->file);
    nrm_tell(rules->sink, NRM_WARNING, &place, "profile: %s; the case is judged by odihr", why);
    return profile_by_name(rules, NRM_STR("odihr"));
}

const struct nrm_profile *nrm_rules_profile(struct nrm_rules *rules, const struct nrm_case *c)
{
    if (rules->profile.text)
        return profile_by_name(rules, rules->profile);
    if (!c->profile.text)
        return profile_by_name(rules, NRM_STR("odihr"));
    if (!is_plain_name(c->profile))
        return fall_back(rules, c, "a plain name is wanted, without a path");
    for (size_t i = 0; i < rules->profile_count; i++)
        if (nrm_str_equal(rules->profiles[i].name, c->profile))
            return rules->profiles[i].profile;
    if (!nrm_find(c->arena, "profiles", c->profile))
        return fall_back(rules, c, "there is no such profile");
    return profile_by_name(rules, c->profile);
}

bool nrm_rules_stand(struct nrm_rules *rules, const struct nrm_case *c,
                     struct nrm_standing *standing)
{
    *standing = (struct nrm_standing){.profile = nrm_rules_profile(rules, c)};
    if (!standing->profile)
        return false;
    const struct nrm_zone *zone = standing->profile->calendar.zone;
    struct nrm_time now = rules->now;
    if (now.precision == NRM_TIME_DAY)
        now = nrm_time_at(nrm_zone_day_start(zone, now.day + 1) - 1, zone);
    nrm_fold(&rules->machine, c, now, standing);
    return true;
}
