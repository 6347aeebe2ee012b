/* nrm: case files of a National Referral Mechanism, read, folded, reckoned and counted.
 *
 * One idea: a case is facts plus an append-only list of dated events. Everything else is computed
 * from them, by pure functions, at the moment of asking. Read the headers in this order:
 *
 *   base/memory.h   who owns what: everything lives in an arena
 *   base/text.h     slices, buffers, and making foreign text safe to show
 *   base/message.h  messages with file, line and column; the library never prints
 *   base/output.h   buffered output that remembers its first error
 *   base/table.h    tables for people
 *
 *   data/node.h     the document tree       data/yaml.h  data/json.h  data/csv.h  data/input.h
 *   data/time.h     dates and durations     data/zone.h  time zones
 *   data/calendar.h working days, and when a duration is over
 *   data/schema.h   the case model as tables (schema/ *.csv)
 *   data/case.h     a case and its events   data/reader.h  data/writer.h  data/map.h  data/find.h
 *
 *   rules/value.h   rules/expr.h            the expression language, nrm-expr(7)
 *   rules/standing.h                        where a case stands: the state machine
 *   rules/clock.h                           what is due: profiles and deadlines
 *
 *   stats/tabulate.h                        counting cases by groups
 *
 * Imports point one way: bin -> stats -> rules -> data -> base. */
#ifndef NRM_H
#define NRM_H

#include "base/memory.h"
#include "base/message.h"
#include "base/output.h"
#include "base/table.h"
#include "base/text.h"
#include "data/calendar.h"
#include "data/case.h"
#include "data/csv.h"
#include "data/find.h"
#include "data/input.h"
#include "data/json.h"
#include "data/map.h"
#include "data/node.h"
#include "data/reader.h"
#include "data/schema.h"
#include "data/time.h"
#include "data/writer.h"
#include "data/yaml.h"
#include "data/zone.h"
#include "rules/clock.h"
#include "rules/expr.h"
#include "rules/standing.h"
#include "rules/value.h"
#include "stats/tabulate.h"

#define NRM_VERSION "0.1"

#endif
