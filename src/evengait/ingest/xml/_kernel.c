/* The compiled parser of XML recordings: one pass by the tables of a grammar into rows of numbers.
 *
 * Optional: _strict.py does the same work, to the same bits. This one reads the plain XML that devices write: UTF-8,
 * no document type, no entities but the five of XML. It checks all that makes a document well-formed, and gives up at
 * the first sign that it does not know for sure: the strict parser then reads the document instead.
 *
 * The document is a bytes object, so a zero byte follows it; no loop passes a zero byte, so no loop leaves the
 * document. Only the limited C API is used.
 */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define DEEPEST 200      /* elements in elements, as in _strict.py */
#define MOST_COLUMNS 64
#define MOST_STATES 512
#define MOST_NAMES 1024
#define SLOTS 4096       /* of the table of names; a power of two */
#define MOST_ATTRIBUTES 64
#define LONGEST_NUMBER 4096
#define LONGEST_TEXT 10000 /* bytes; as many signs, in _scan.py, are kept of what is longer */

/* ------------------------------------------------------------------ bytes */

enum {
    PLAIN = 1,    /* in text: nothing to look at */
    QUOTED = 2,   /* in the value of an attribute, but for its quote */
    HARMLESS = 4, /* in comments, processing instructions and CDATA */
    NAME = 8,
    FIRST = 16,   /* of a name */
    SPACE = 32,
};

static uint8_t kinds[256];

static void
make_kinds(void)
{
    for (int byte = 0x20; byte < 0x80; byte++)
        kinds[byte] = PLAIN | QUOTED | HARMLESS;
    for (const char *space = " \t\r\n"; *space; space++)
        kinds[(uint8_t)*space] = PLAIN | QUOTED | HARMLESS | SPACE;
    for (const char *sign = "<&]"; *sign; sign++)
        kinds[(uint8_t)*sign] &= (uint8_t)~PLAIN;
    for (const char *sign = "<&\"'"; *sign; sign++)
        kinds[(uint8_t)*sign] &= (uint8_t)~QUOTED;
    for (const char *sign = "-?]"; *sign; sign++)
        kinds[(uint8_t)*sign] &= (uint8_t)~HARMLESS;
    for (int letter = 0; letter < 26; letter++) {
        kinds['a' + letter] |= NAME | FIRST;
        kinds['A' + letter] |= NAME | FIRST;
    }
    for (int digit = '0'; digit <= '9'; digit++)
        kinds[digit] |= NAME;
    kinds['_'] |= NAME | FIRST;
    kinds[':'] |= NAME | FIRST;
    kinds['-'] |= NAME;
    kinds['.'] |= NAME;
}

static const uint8_t *
after_space(const uint8_t *p)
{
    while (kinds[*p] & SPACE)
        p++;
    return p;
}

/* Return what follows a character of several bytes; NULL where it is none that XML allows. */
static const uint8_t *
after_wide(const uint8_t *p)
{
#define FOLLOWS(byte) (((byte) & 0xC0) == 0x80)
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return FOLLOWS(p[1]) ? p + 2 : NULL;
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        if (!FOLLOWS(p[1]) || !FOLLOWS(p[2]))
            return NULL;
        uint32_t code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return code >= 0x800 && (code < 0xD800 || code > 0xDFFF) && code < 0xFFFE ? p + 3 : NULL;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        if (!FOLLOWS(p[1]) || !FOLLOWS(p[2]) || !FOLLOWS(p[3]))
            return NULL;
        uint32_t code = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12;
        return code >= 0x10000 && code < 0x110000 ? p + 4 : NULL;
    }
    return NULL;
#undef FOLLOWS
}

/* Return what follows a reference, which begins here; NULL where it is none of XML's own. */
static const uint8_t *
after_reference(const uint8_t *p)
{
    static const char *known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    if (p[1] != '#') {
        for (int i = 0; i < 5; i++) {
            size_t size = strlen(known[i]);
            if (!strncmp((const char *)p, known[i], size)) /* stops at the zero byte */
                return p + size;
        }
        return NULL;
    }
    uint32_t code = 0;
    int digits = 0, base = p[2] == 'x' ? 16 : 10;
    for (p += base == 16 ? 3 : 2; digits < 8; p++, digits++) {
        uint8_t c = *p;
        uint32_t digit = c >= '0' && c <= '9' ? c - (uint32_t)'0' : c >= 'a' && c <= 'f' ? c - 'a' + 10u
                       : c >= 'A' && c <= 'F' ? c - 'A' + 10u : 99;
        if (digit >= (uint32_t)base)
            break;
        code = code * (uint32_t)base + digit;
    }
    if (*p != ';' || !digits || code < 0x20 || (code >= 0xD800 && code <= 0xDFFF) || (code & ~1u) == 0xFFFE
        || code > 0x10FFFF)
        return NULL;
    return p + 1;
}

/* Return what follows a comment, CDATA or a processing instruction, whose opening was read: its end is one sign twice
 * or once, then '>'. NULL where it does not end, or holds what it must not. */
static const uint8_t *
after_aside(const uint8_t *p, uint8_t sign)
{
    for (;;) {
        while (kinds[*p] & HARMLESS)
            p++;
        if (*p >= 0x80) {
            p = after_wide(p);
            if (!p)
                return NULL;
        }
        else if (*p != '-' && *p != '?' && *p != ']')
            return NULL;
        else if (*p != sign)
            p++;
        else if (sign == '?') {
            if (p[1] == '>')
                return p + 2;
            p++;
        }
        else if (sign == '-') { /* two of them end a comment, or it is none */
            if (p[1] == '-')
                return p[2] == '>' ? p + 3 : NULL;
            p++;
        }
        else {
            if (p[1] == ']' && p[2] == '>')
                return p + 3;
            p++;
        }
    }
}

/* ------------------------------------------------------------------ numbers and instants, as in _numbers.py */

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static int
is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static double
scaled(uint64_t mantissa, int64_t exponent)
{
    double value = (double)mantissa;
    if (exponent > 22)
        return NAN;
    if (exponent >= 0)
        return value * powers[exponent];
    if (exponent >= -22)
        return value / powers[-exponent];
    if (exponent >= -44)
        return value / powers[22] / powers[-exponent - 22];
    return 0.0;
}

static double
number(const uint8_t *p, const uint8_t *end)
{
    int negative = 0, used = 0, any = 0;
    int64_t exponent = 0;
    uint64_t mantissa = 0;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    for (; p < end && is_digit(*p); p++, any = 1) {
        if (used == 18)
            exponent++;
        else if (used || *p != '0') {
            mantissa = mantissa * 10 + (uint64_t)(*p - '0');
            used++;
        }
    }
    if (p < end && (*p == '.' || *p == ',')) {
        for (p++; p < end && is_digit(*p); p++, any = 1) {
            if (used == 18)
                continue;
            exponent--;
            if (used || *p != '0') {
                mantissa = mantissa * 10 + (uint64_t)(*p - '0');
                used++;
            }
        }
    }
    if (!any)
        return NAN;
    if (p < end && (*p == 'e' || *p == 'E')) {
        int64_t power = 0;
        int minus = 0, digits = 0;
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            minus = *p++ == '-';
        for (; p < end && digits < 4 && is_digit(*p); p++, digits++)
            power = power * 10 + (*p - '0');
        if (!digits)
            return NAN;
        exponent += minus ? -power : power;
    }
    if (p != end)
        return NAN;
    double value = used ? scaled(mantissa, exponent) : 0.0;
    return negative && value != 0.0 ? -value : value;
}

/* Read so many digits; -1 where they are none. */
static int
digits(const uint8_t **at, const uint8_t *end, int count)
{
    int value = 0;
    if (end - *at < count)
        return -1;
    for (int i = 0; i < count; i++) {
        uint8_t byte = (*at)[i];
        if (!is_digit(byte))
            return -1;
        value = value * 10 + (byte - '0');
    }
    *at += count;
    return value;
}

static int64_t
days_since_1970(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int64_t past = year - 1;
    int64_t days = past * 365 + past / 4 - past / 100 + past / 400 - 719162;
    return days + before[month - 1] + (month > 2 && leap) + day - 1;
}

static int
days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

typedef struct {
    double us, offset; /* microseconds since 1970, seconds from UTC; NaN as in _numbers.py */
} Instant;

static Instant
instant(const uint8_t *p, const uint8_t *end)
{
    const Instant none = {NAN, NAN};
    int year, month, day, hour, minute, second = 0, micros = 0;
    if ((year = digits(&p, end, 4)) < 0 || p == end || *p++ != '-' || (month = digits(&p, end, 2)) < 0 || p == end
        || *p++ != '-' || (day = digits(&p, end, 2)) < 0 || p == end)
        return none;
    if (*p != 'T' && *p != 't' && *p != ' ')
        return none;
    p++;
    if ((hour = digits(&p, end, 2)) < 0 || p == end || *p++ != ':' || (minute = digits(&p, end, 2)) < 0)
        return none;
    if (p < end && *p == ':') {
        p++;
        if ((second = digits(&p, end, 2)) < 0)
            return none;
        if (p < end && (*p == '.' || *p == ',')) {
            p++;
            int seen = 0;
            for (; p < end && is_digit(*p); p++, seen++)
                if (seen < 6)
                    micros = micros * 10 + (*p - '0');
            if (!seen)
                return none;
            for (; seen < 6; seen++)
                micros *= 10;
        }
    }
    int64_t shift = 0;
    double offset = NAN;
    if (p < end && (*p == 'Z' || *p == 'z'))
        p++;
    else if (p < end && (*p == '+' || *p == '-')) {
        int minus = *p++ == '-', hours = digits(&p, end, 2), minutes = 0;
        if (hours < 0)
            return none;
        if (p < end) {
            if (*p == ':')
                p++;
            if ((minutes = digits(&p, end, 2)) < 0)
                return none;
        }
        if (minutes > 59 || hours * 60 + minutes > 14 * 60)
            return none;
        shift = (minus ? -1 : 1) * (hours * 3600 + minutes * 60);
        offset = (double)shift;
    }
    if (p != end || year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days_of(year, month)
        || hour > 23 || minute > 59 || second > 60)
        return none;
    int64_t seconds = days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - shift;
    return (Instant){(double)(seconds * 1000000 + micros), offset};
}

/* ------------------------------------------------------------------ grammar, as Grammar.packed lays it out */

enum { NUMBER = 1, TIME = 2, TEXT = 3 }; /* as Kind in _grammar.py */

typedef struct {
    int32_t edge_at, edges, attribute_at, attributes, unknown, kind, target, mark, is_point;
} State;

typedef struct {
    int32_t name_at, size, target;
} Edge;

typedef struct {
    int32_t name_at, size, kind, target;
} Attribute;

typedef struct {
    const State *states;
    const Attribute *attributes;
    const uint8_t *names;
    int32_t count, start, columns;
    struct {
        const uint8_t *name;
        int32_t size;
        uint16_t place; /* 1 + the name's number; 0 = empty */
    } slots[SLOTS];
    int32_t known;                    /* distinct names */
    uint16_t *next;                   /* [state][name]: 1 + the state it leads to; 0 = not named */
} Grammar;

static uint32_t
slot_of(const uint8_t *name, size_t size)
{
    return (name[0] * 31u + name[size - 1] * 7u + name[size / 2] * 131u + (uint32_t)size * 17u) & (SLOTS - 1);
}

/* Return a name's number, or -1. */
static int
name_number(const Grammar *grammar, const uint8_t *name, size_t size)
{
    if (!size)
        return -1;
    for (uint32_t slot = slot_of(name, size); grammar->slots[slot].place; slot = (slot + 1) & (SLOTS - 1))
        if ((size_t)grammar->slots[slot].size == size && !memcmp(grammar->slots[slot].name, name, size))
            return grammar->slots[slot].place - 1;
    return -1;
}

static int
is_leaf_of(const Grammar *grammar, int32_t kind, int32_t target)
{
    if (kind < NUMBER || kind > TEXT || target < -1000000)
        return 0;
    return target < 0 || (kind != TEXT && target + (kind == TIME) < grammar->columns);
}

/* Check the tables and take them in; what is wrong, or NULL. They must outlive the grammar. */
static const char *
take_in(Grammar *grammar, const uint8_t *tables, Py_ssize_t size)
{
    int32_t head[5];
    if (size < (Py_ssize_t)sizeof head)
        return "the grammar is too short";
    memcpy(head, tables, sizeof head);
    int64_t states = head[0], edges = head[1], attributes = head[2];
    if (states < 1 || states > MOST_STATES || edges < 0 || edges > MOST_NAMES || attributes < 0
        || attributes > MOST_NAMES || head[3] < 0 || head[3] >= states || head[4] < 1 || head[4] > MOST_COLUMNS)
        return "the grammar's counts are out of range";
    int64_t names_at = (int64_t)sizeof head + states * (int64_t)sizeof(State) + edges * (int64_t)sizeof(Edge)
                     + attributes * (int64_t)sizeof(Attribute);
    if (names_at > size)
        return "the grammar is too short";
    int64_t names = size - names_at;
    const State *state = (const State *)(tables + sizeof head);
    const Edge *edge = (const Edge *)(state + states);
    const Attribute *attribute = (const Attribute *)(edge + edges);
    grammar->states = state;
    grammar->attributes = attribute;
    grammar->names = tables + names_at;
    grammar->count = head[0];
    grammar->start = head[3];
    grammar->columns = head[4];
    grammar->next = PyMem_Calloc((size_t)(states * (edges + 1)), sizeof *grammar->next);
    if (!grammar->next)
        return "there is no memory for the grammar";
    for (int64_t i = 0; i < edges; i++)
        if (edge[i].size < 1 || edge[i].name_at < 0 || (int64_t)edge[i].name_at + edge[i].size > names
            || edge[i].target < 0 || edge[i].target >= states)
            return "an edge of the grammar leads nowhere";
    for (int64_t i = 0; i < attributes; i++)
        if (attribute[i].size < 1 || attribute[i].name_at < 0
            || (int64_t)attribute[i].name_at + attribute[i].size > names
            || !is_leaf_of(grammar, attribute[i].kind, attribute[i].target))
            return "an attribute of the grammar means nothing";
    for (int64_t i = 0; i < edges; i++) {
        const uint8_t *name = grammar->names + edge[i].name_at;
        if (name_number(grammar, name, (size_t)edge[i].size) >= 0)
            continue;
        uint32_t slot = slot_of(name, (size_t)edge[i].size);
        while (grammar->slots[slot].place)
            slot = (slot + 1) & (SLOTS - 1);
        grammar->slots[slot].name = name;
        grammar->slots[slot].size = edge[i].size;
        grammar->slots[slot].place = (uint16_t)++grammar->known;
    }
    for (int64_t s = 0; s < states; s++) {
        if (state[s].edge_at < 0 || state[s].edges < 0 || (int64_t)state[s].edge_at + state[s].edges > edges
            || state[s].attribute_at < 0 || state[s].attributes < 0
            || (int64_t)state[s].attribute_at + state[s].attributes > attributes || state[s].unknown < 0
            || state[s].unknown >= states || (state[s].kind && !is_leaf_of(grammar, state[s].kind, state[s].target)))
            return "a state of the grammar is out of range";
        for (int32_t e = state[s].edge_at; e < state[s].edge_at + state[s].edges; e++) {
            int known = name_number(grammar, grammar->names + edge[e].name_at, (size_t)edge[e].size);
            grammar->next[s * grammar->known + known] = (uint16_t)(edge[e].target + 1);
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ what is found */

typedef struct {
    int64_t kind, row;
    double value, offset;
    int64_t text_at, text_size; /* -1 = none */
} Mark; /* as in _compiled.py */

typedef struct {
    const uint8_t *name;
    size_t size;
    int32_t before; /* the state outside */
} Open;

typedef struct {
    const uint8_t *name, *value;
    size_t name_size, size;
    int odd; /* it holds references */
} Given;

typedef struct {
    const Grammar *grammar;
    const uint8_t *data;
    double row[MOST_COLUMNS];
    PyObject *rows, *marks; /* byte arrays, larger than needed */
    char *rows_at, *marks_at;
    Py_ssize_t points, room, most_points, mark_count, mark_room, most_marks, elements, most_elements;
    int32_t state;
    int depth;
    Open stack[DEEPEST];
    Given given[MOST_ATTRIBUTES];
    int given_count;
    const uint8_t *text;
    int odd; /* the text of this leaf holds references, CDATA or comments */
} Parse;

enum { DONE, GIVE_UP, FULL, ERROR };

static char *
enlarge(PyObject *array, Py_ssize_t *room, Py_ssize_t item)
{
    if (*room > PY_SSIZE_T_MAX / 2 / item || PyByteArray_Resize(array, *room * 2 * item))
        return NULL;
    *room *= 2;
    return PyByteArray_AsString(array);
}

static int
add_row(Parse *parse)
{
    size_t size = (size_t)parse->grammar->columns * sizeof(double);
    if (parse->points >= parse->most_points)
        return FULL;
    if (parse->points == parse->room
        && !(parse->rows_at = enlarge(parse->rows, &parse->room, (Py_ssize_t)size)))
        return ERROR;
    memcpy(parse->rows_at + (size_t)parse->points++ * size, parse->row, size);
    return DONE;
}

static int
add_mark(Parse *parse, int32_t kind, double value, double offset, const uint8_t *text, size_t size)
{
    if (parse->mark_count >= parse->most_marks)
        return FULL;
    if (parse->mark_count == parse->mark_room
        && !(parse->marks_at = enlarge(parse->marks, &parse->mark_room, sizeof(Mark))))
        return ERROR;
    Mark mark = {kind, parse->points, value, offset, text ? text - parse->data : -1, text ? (int64_t)size : -1};
    memcpy(parse->marks_at + (size_t)parse->mark_count++ * sizeof mark, &mark, sizeof mark);
    return DONE;
}

/* Take in a leaf's text. Words are looked at by the caller; numbers must be plain. */
static int
put(Parse *parse, int32_t kind, int32_t target, const uint8_t *text, size_t size, int odd)
{
    if (kind == TEXT)
        return size > LONGEST_TEXT ? GIVE_UP : add_mark(parse, -1 - target, NAN, NAN, text, size);
    if (odd || size > LONGEST_NUMBER)
        return GIVE_UP;
    if (target >= 0 && parse->row[target] == parse->row[target])
        return DONE; /* the first that says anything counts */
    const uint8_t *end = text + size;
    while (text < end && kinds[*text] & SPACE)
        text++;
    while (text < end && kinds[end[-1]] & SPACE)
        end--;
    if (kind == NUMBER) {
        double value = number(text, end);
        if (target < 0)
            return add_mark(parse, -1 - target, value, NAN, NULL, 0);
        parse->row[target] = value;
        return DONE;
    }
    Instant found = instant(text, end);
    if (target < 0)
        return add_mark(parse, -1 - target, found.us, found.offset, NULL, 0);
    parse->row[target] = found.us;
    parse->row[target + 1] = found.offset;
    return DONE;
}

/* ------------------------------------------------------------------ elements */

/* Read the attributes of an opening tag up to its '>' or '/'; NULL = give up. */
static const uint8_t *
after_attributes(Parse *parse, const uint8_t *p)
{
    parse->given_count = 0;
    for (;;) {
        const uint8_t *before = p;
        p = after_space(p);
        if (*p == '>' || *p == '/')
            return p;
        if (p == before || !(kinds[*p] & FIRST) || parse->given_count == MOST_ATTRIBUTES)
            return NULL;
        Given *given = &parse->given[parse->given_count++];
        given->name = p;
        while (kinds[*p] & NAME)
            p++;
        given->name_size = (size_t)(p - given->name);
        p = after_space(p);
        if (*p != '=')
            return NULL;
        p = after_space(p + 1);
        uint8_t quote = *p;
        if (quote != '"' && quote != '\'')
            return NULL;
        given->value = ++p;
        given->odd = 0;
        for (;;) {
            while (kinds[*p] & QUOTED)
                p++;
            if (*p == quote)
                break;
            if (*p == '"' || *p == '\'')
                p++;
            else if (*p == '&') {
                given->odd = 1;
                if (!(p = after_reference(p)))
                    return NULL;
            }
            else if (*p < 0x80 || !(p = after_wide(p)))
                return NULL;
        }
        given->size = (size_t)(p++ - given->value);
        for (const Given *other = parse->given; other < given; other++)
            if (other->name_size == given->name_size && !memcmp(other->name, given->name, given->name_size))
                return NULL;
    }
}

static int
begin(Parse *parse, const uint8_t *name, size_t size)
{
    const Grammar *grammar = parse->grammar;
    int32_t before = parse->state;
    if (++parse->elements > parse->most_elements)
        return FULL;
    if (parse->depth == DEEPEST || grammar->states[before].kind)
        return GIVE_UP; /* an element inside a number or text */
    parse->stack[parse->depth++] = (Open){name, size, before};
    if (!before)
        return DONE;
    const uint8_t *local = name + size;
    while (local > name && local[-1] != ':')
        local--;
    int known = name_number(grammar, local, (size_t)(name + size - local));
    int32_t next = known < 0 ? 0 : grammar->next[before * grammar->known + known];
    parse->state = next ? next - 1 : grammar->states[before].unknown;
    const State *state = &grammar->states[parse->state];
    if (state->is_point)
        for (int32_t i = 0; i < grammar->columns; i++)
            parse->row[i] = NAN;
    if (state->mark >= 0) {
        int done = add_mark(parse, state->mark, NAN, NAN, NULL, 0);
        if (done != DONE)
            return done;
    }
    for (int32_t a = state->attribute_at; a < state->attribute_at + state->attributes; a++) {
        const Attribute *meant = &grammar->attributes[a];
        for (int i = 0; i < parse->given_count; i++) {
            const Given *given = &parse->given[i];
            if (given->name_size != (size_t)meant->size
                || memcmp(given->name, grammar->names + meant->name_at, given->name_size))
                continue;
            int done = put(parse, meant->kind, meant->target, given->value, given->size, given->odd);
            if (done != DONE)
                return done;
        }
    }
    return DONE;
}

static int
end(Parse *parse, const uint8_t *text, size_t size, int odd)
{
    const State *state = &parse->grammar->states[parse->state];
    parse->state = parse->stack[--parse->depth].before;
    if (state->kind)
        return put(parse, state->kind, state->target, text, size, odd);
    return state->is_point ? add_row(parse) : DONE;
}

/* Read an opening tag, whose '<' is here. */
static int
open_tag(Parse *parse, const uint8_t **at)
{
    const uint8_t *name = *at + 1, *p = name;
    if (!(kinds[*p] & FIRST))
        return GIVE_UP;
    while (kinds[*p] & NAME)
        p++;
    size_t size = (size_t)(p - name);
    if (!(p = after_attributes(parse, p)))
        return GIVE_UP;
    int empty = *p == '/';
    if (empty && *++p != '>')
        return GIVE_UP;
    *at = parse->text = ++p;
    parse->odd = 0;
    int done = begin(parse, name, size);
    return done == DONE && empty ? end(parse, p, 0, 0) : done;
}

/* Read a closing tag, whose '<' is here. */
static int
close_tag(Parse *parse, const uint8_t **at)
{
    const Open *open = &parse->stack[parse->depth - 1];
    const uint8_t *p = *at + 2;
    if (strncmp((const char *)p, (const char *)open->name, open->size)) /* stops at the zero byte */
        return GIVE_UP;
    p = after_space(p + open->size);
    if (*p != '>')
        return GIVE_UP;
    size_t size = (size_t)(*at - parse->text);
    *at = p + 1;
    return end(parse, parse->text, size, parse->odd);
}

/* Read a comment, CDATA or a processing instruction, whose '<' is here; NULL = give up. */
static const uint8_t *
after_other(const uint8_t *p, int inside)
{
    if (p[1] == '!') {
        if (p[2] == '-')
            return p[3] == '-' ? after_aside(p + 4, '-') : NULL;
        return inside && !strncmp((const char *)p, "<![CDATA[", 9) ? after_aside(p + 9, ']') : NULL;
    }
    const uint8_t *name = p + 2;
    if (!(kinds[*name] & FIRST))
        return NULL;
    for (p = name; kinds[*p] & NAME; p++)
        ;
    if (p - name == 3 && (name[0] | 32) == 'x' && (name[1] | 32) == 'm' && (name[2] | 32) == 'l')
        return NULL;
    if (!(kinds[*p] & SPACE) && !(p[0] == '?' && p[1] == '>'))
        return NULL;
    return after_aside(p, '?');
}

/* Read text up to the next '<'; NULL = give up. */
static const uint8_t *
after_text(Parse *parse, const uint8_t *p)
{
    for (;;) {
        while (kinds[*p] & PLAIN)
            p++;
        if (*p == '<')
            return p;
        if (*p == '&') {
            parse->odd = 1;
            if (!(p = after_reference(p)))
                return NULL;
        }
        else if (*p == ']') {
            if (p[1] == ']' && p[2] == '>')
                return NULL;
            p++;
        }
        else if (*p < 0x80 || !(p = after_wide(p)))
            return NULL;
    }
}

/* Read comments and the like outside the root element; NULL = give up. */
static const uint8_t *
after_surroundings(const uint8_t *p)
{
    for (;;) {
        p = after_space(p);
        if (*p != '<' || (p[1] != '!' && p[1] != '?'))
            return p;
        if (!(p = after_other(p, 0)))
            return NULL;
    }
}

static int
run(Parse *parse, const uint8_t *p, const uint8_t *stop)
{
    p = after_surroundings(p);
    if (!p || *p != '<')
        return GIVE_UP;
    int done = open_tag(parse, &p);
    while (done == DONE && parse->depth) {
        if (!(p = after_text(parse, p)))
            return GIVE_UP;
        if (p[1] == '/')
            done = close_tag(parse, &p);
        else if (p[1] == '!' || p[1] == '?') {
            parse->odd = 1;
            if (!(p = after_other(p, 1)))
                return GIVE_UP;
        }
        else
            done = open_tag(parse, &p);
    }
    if (done != DONE)
        return done;
    p = after_surroundings(p);
    return p == stop ? DONE : GIVE_UP;
}

/* ------------------------------------------------------------------ module */

static PyObject *
kernel_scan(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *document, *tables, *result = NULL;
    Py_ssize_t from, most_points, most_marks, most_elements, size, tables_size;
    char *data, *packed;
    if (!PyArg_ParseTuple(args, "SnSnnn", &document, &from, &tables, &most_points, &most_marks, &most_elements)
        || PyBytes_AsStringAndSize(document, &data, &size)
        || PyBytes_AsStringAndSize(tables, &packed, &tables_size))
        return NULL;
    if (from < 0 || from > size) {
        PyErr_SetString(PyExc_ValueError, "the beginning is outside the document");
        return NULL;
    }
    Grammar *grammar = PyMem_Calloc(1, sizeof *grammar);
    Parse *parse = PyMem_Calloc(1, sizeof *parse);
    if (!grammar || !parse) {
        PyErr_NoMemory();
        goto done;
    }
    const char *wrong = take_in(grammar, (const uint8_t *)packed, tables_size);
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, wrong);
        goto done;
    }
    parse->grammar = grammar;
    parse->data = (const uint8_t *)data;
    parse->state = grammar->start;
    parse->most_points = most_points;
    parse->most_marks = most_marks;
    parse->most_elements = most_elements;
    Py_ssize_t row = grammar->columns * (Py_ssize_t)sizeof(double);
    parse->room = size / 256 + 8; /* points are rarely shorter; where they are, it grows */
    parse->mark_room = 64;
    parse->rows = PyByteArray_FromStringAndSize(NULL, parse->room * row);
    parse->marks = PyByteArray_FromStringAndSize(NULL, parse->mark_room * (Py_ssize_t)sizeof(Mark));
    if (!parse->rows || !parse->marks)
        goto done;
    parse->rows_at = PyByteArray_AsString(parse->rows);
    parse->marks_at = PyByteArray_AsString(parse->marks);
    for (int i = 0; i < MOST_COLUMNS; i++)
        parse->row[i] = NAN;
    int ended = run(parse, (const uint8_t *)data + from, (const uint8_t *)data + size);
    if (ended == GIVE_UP || ended == FULL) {
        result = ended == FULL ? Py_False : Py_None;
        Py_INCREF(result);
    }
    else if (ended == DONE && !PyByteArray_Resize(parse->rows, parse->points * row)
             && !PyByteArray_Resize(parse->marks, parse->mark_count * (Py_ssize_t)sizeof(Mark)))
        result = Py_BuildValue("(OO)", parse->rows, parse->marks);
done:
    if (parse) {
        Py_XDECREF(parse->rows);
        Py_XDECREF(parse->marks);
    }
    if (grammar)
        PyMem_Free(grammar->next);
    PyMem_Free(grammar);
    PyMem_Free(parse);
    return result;
}

static PyMethodDef methods[] = {
    {"scan", kernel_scan, METH_VARARGS,
     "scan(document, begin, grammar, most_points, most_marks, most_elements) -> (rows, marks); None: read it "
     "strictly; False: it holds too much."},
    {NULL, NULL, 0, NULL},
};

static int
start(PyObject *module)
{
    (void)module;
    make_kinds();
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)start}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_kernel", .m_doc = "The compiled parser of XML recordings.",
    .m_methods = methods, .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    return PyModuleDef_Init(&definition);
}
