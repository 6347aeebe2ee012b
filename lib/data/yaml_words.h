/* Private to the YAML reader: what libyaml says about a syntax error, in words that help somebody
 * who has never heard of tokens and flow nodes. */
#ifndef NRM_DATA_YAML_WORDS_H
#define NRM_DATA_YAML_WORDS_H

#include <stdbool.h>
#include <yaml.h>

struct nrm_yaml_words {
    const char *text;   /* what happened and what to do; libyaml's own words where it is unknown */
    bool at_context;    /* the place to show is where the broken thing starts */
    const char *opened; /* "the list starts": to be told with its place; NULL: nothing to add */
};

/* BYTE is the one at the place of the problem. */
struct nrm_yaml_words nrm_yaml_words(const yaml_parser_t *parser, unsigned char byte);

#endif
