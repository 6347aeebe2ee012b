/* The questions of a screening, one after the other: what is shown and what a key does. It knows no
 * terminal: keys come in, text goes out (see session.h). */
#ifndef NRM_SCREEN_DIALOGUE_H
#define NRM_SCREEN_DIALOGUE_H

#include "rules/care.h"
#include "rules/screen.h"

enum nrm_dialogue_step {
    NRM_STEP_AGE,  /* child, or perhaps: asked where the case does not say */
    NRM_STEP_CARE, /* what is looked after before any question */
    NRM_STEP_QUESTION,
    NRM_STEP_OTHER, /* what no set has, in free text */
    NRM_STEP_END
};

enum nrm_dialogue_move {
    NRM_MOVE_STAY,    /* the key means nothing here */
    NRM_MOVE_NEXT,    /* the step changed: show it */
    NRM_MOVE_FIRST,   /* there is nothing before this */
    NRM_MOVE_FINISHED /* stopped or at the end: keep the answers */
};

/* Keys that are no characters. */
enum { NRM_KEY_ENTER = '\n' };

struct nrm_dialogue {
    /* set before nrm_dialogue_begin */
    const struct nrm_screener *screener;
    const struct nrm_indicators *indicators;
    struct nrm_str language;
    bool short_list; /* the questions for first responders only */
    bool age_known;
    bool declined;                       /* an adult who does not enter the mechanism now */
    enum nrm_track track;                /* until the age is asked */
    const struct nrm_care_list *care;    /* or NULL */
    const struct nrm_standing *standing; /* of the case before */
    const uint8_t *noted;                /* answers of the case before, by number */
    const uint8_t *childhood;            /* signs of childhood in it (childhood.h), or NULL */
    struct nrm_arena *arena;

    /* filled as it goes */
    uint8_t step;                           /* enum nrm_dialogue_step */
    char age;                               /* 'y', 'n', '?', or 0: not asked */
    size_t page;                            /* of what is shown, on a terminal of few lines */
    const struct nrm_indicator **questions; /* those that the case before had no answer to */
    size_t count, at;
    uint8_t *answers; /* enum nrm_answer, by number: they stay when the age is put right */
    bool doubt;       /* a sign of childhood was noted just before this step */
    struct nrm_str other;
};

/* The first step; the questions are collected for the track there is. */
void nrm_dialogue_begin(struct nrm_dialogue *dialogue);
/* A key; NRM_STEP_OTHER takes a line instead. PAGES: how many pages the present step has. */
enum nrm_dialogue_move nrm_dialogue_key(struct nrm_dialogue *dialogue, int key, size_t pages);
/* The line of NRM_STEP_OTHER: a command ("b", "q", "a" where the age was asked, "-" erases, nothing
 * goes on), or text, which is made safe for a case file and kept instead of what stood there. */
enum nrm_dialogue_move nrm_dialogue_line(struct nrm_dialogue *dialogue, struct nrm_str line,
                                         size_t pages);
/* What the step shows, WIDTH columns wide, without the keys. */
void nrm_dialogue_show(const struct nrm_dialogue *dialogue, struct nrm_output *output,
                       size_t width);
/* The keys of the step, for people. */
const char *nrm_dialogue_keys(const struct nrm_dialogue *dialogue);
/* The step on one line, for screen readers and slow lines; the care list has several lines. Nothing
 * that was typed is in it, as it stays on the screen. */
void nrm_dialogue_show_plain(const struct nrm_dialogue *dialogue, struct nrm_output *output);

#endif
