/* A dialogue on a terminal, from its first step to the last key. */
#ifndef NRM_SCREEN_SESSION_H
#define NRM_SCREEN_SESSION_H

#include "screen/dialogue.h"
#include "screen/terminal.h"

/* True: keep the answers (stopped, at the end, or the line was dropped); false: interrupted. */
bool nrm_session_run(struct nrm_dialogue *dialogue, struct nrm_terminal *terminal);

#endif
