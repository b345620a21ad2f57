/* The compiled half of the FIT reader: checksum, walk over the records, columns.
 *
 * Optional: _crc.py, _walk.py and _fill.py do the same work, to the same bits. Every offset is checked against the
 * bytes given, so hostile files can at worst be refused. Only the buffer protocol and the limited C API are used.
 */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ checksum: CRC-16/ARC, sixteen bytes a step */

#define SLICES 16

static uint16_t crc_table[SLICES][256];

static void
make_crc_table(void)
{
    for (int byte = 0; byte < 256; byte++) {
        uint16_t crc = (uint16_t)byte;
        for (int bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc >> 1 ^ (crc & 1 ? 0xA001 : 0));
        crc_table[0][byte] = crc;
    }
    for (int slice = 1; slice < SLICES; slice++)
        for (int byte = 0; byte < 256; byte++) {
            uint16_t before = crc_table[slice - 1][byte];
            crc_table[slice][byte] = (uint16_t)(before >> 8 ^ crc_table[0][before & 0xFF]);
        }
}

static uint16_t
crc_of(const uint8_t *data, Py_ssize_t size)
{
    uint16_t crc = 0;
    for (; size >= SLICES; size -= SLICES, data += SLICES) {
        uint16_t next = crc_table[SLICES - 1][data[0] ^ (crc & 0xFF)] ^ crc_table[SLICES - 2][data[1] ^ crc >> 8];
        for (int i = 2; i < SLICES; i++)
            next ^= crc_table[SLICES - 1 - i][data[i]];
        crc = next;
    }
    for (; size > 0; size--, data++)
        crc = (uint16_t)(crc >> 8 ^ crc_table[0][(crc ^ *data) & 0xFF]);
    return crc;
}

static PyObject *
kernel_crc(PyObject *self, PyObject *args)
{
    (void)self;
    Py_buffer data;
    uint16_t crc;
    if (!PyArg_ParseTuple(args, "y*", &data))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    crc = crc_of(data.buf, data.len);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    return PyLong_FromLong(crc);
}

/* ------------------------------------------------------------------ walk */

enum { WHOLE, CUT, UNDEFINED, TOO_MANY }; /* as in _walk.py */

typedef struct {
    int64_t start, stop; /* the definition's content, without its header */
    int64_t count;       /* data messages seen */
    int32_t size;        /* bytes of a data message with its header */
} Definition;

typedef struct {
    const uint8_t *data;
    int64_t end;
    int32_t size[256];   /* bytes of a message by its header; 0 = no message, or not defined */
    uint16_t group[256]; /* its definition */
    Definition *definitions;
    int32_t *slots; /* hash table: definition + 1; 0 = free */
    uint32_t slot_mask;
    int32_t known, most;
    int64_t *offsets; /* of messages, in file order */
    uint16_t *groups;
    int64_t rows, room;
    int compressed, failed; /* failed: no memory */
} Walk;

static int
grow(Walk *walk)
{
    int64_t room = walk->room * 2;
    int64_t *offsets = realloc(walk->offsets, (size_t)room * sizeof *offsets);
    if (offsets)
        walk->offsets = offsets;
    uint16_t *groups = offsets ? realloc(walk->groups, (size_t)room * sizeof *groups) : NULL;
    if (!groups)
        return -1;
    walk->groups = groups;
    walk->room = room;
    return 0;
}

/* Return the definition with this content, taking it in where it is new; -1 where there are too many. */
static int32_t
find(Walk *walk, int64_t start, int64_t stop, int32_t size)
{
    uint32_t hash = 2166136261u;
    for (int64_t i = start; i < stop; i++)
        hash = (hash ^ walk->data[i]) * 16777619u;
    uint32_t slot = hash & walk->slot_mask;
    for (; walk->slots[slot]; slot = (slot + 1) & walk->slot_mask) {
        const Definition *seen = &walk->definitions[walk->slots[slot] - 1];
        if (seen->stop - seen->start == stop - start
            && !memcmp(walk->data + seen->start, walk->data + start, (size_t)(stop - start)))
            return walk->slots[slot] - 1;
    }
    if (walk->known == walk->most)
        return -1;
    walk->definitions[walk->known] = (Definition){start, stop, 0, size};
    walk->slots[slot] = ++walk->known;
    return walk->known - 1;
}

/* Take in the definition at pos; return where it ends, or -1 and why. */
static int64_t
define(Walk *walk, int64_t pos, int *why)
{
    const uint8_t *data = walk->data;
    int64_t left = walk->end - pos;
    *why = CUT;
    if (left < 6)
        return -1;
    int64_t stop = 6 + 3 * (int64_t)data[pos + 5];
    int developer = data[pos] & 0x20;
    if (stop > left || (developer && stop >= left))
        return -1;
    int32_t size = 1;
    for (int64_t i = 7; i < stop; i += 3)
        size += data[pos + i];
    if (developer) {
        int64_t fields_end = stop;
        stop += 1 + 3 * (int64_t)data[pos + stop];
        if (stop > left)
            return -1;
        for (int64_t i = fields_end + 2; i < stop; i += 3)
            size += data[pos + i];
    }
    int32_t group = find(walk, pos + 1, pos + stop, size);
    if (group < 0) {
        *why = TOO_MANY;
        return -1;
    }
    int local = data[pos] & 15;
    for (int reserved = 0; reserved < 0x40; reserved += 0x10) {
        walk->size[local | reserved] = size;
        walk->group[local | reserved] = (uint16_t)group;
    }
    for (int second = 0; local < 4 && second < 32; second++) {
        walk->size[0x80 | local << 5 | second] = size;
        walk->group[0x80 | local << 5 | second] = (uint16_t)group;
    }
    *why = WHOLE;
    return pos + stop;
}

static int64_t
run(Walk *walk, int64_t pos, int *why)
{
    const uint8_t *data = walk->data;
    int64_t end = walk->end;
    uint8_t any = 0;
    *why = WHOLE;
    while (pos < end) {
        uint8_t head = data[pos];
        int32_t size = walk->size[head];
        if (size) {
            if (size > end - pos) {
                *why = CUT;
                break;
            }
            if (walk->rows == walk->room && grow(walk)) {
                walk->failed = 1;
                break;
            }
            any |= head;
            walk->offsets[walk->rows] = pos;
            walk->groups[walk->rows++] = walk->group[head];
            pos += size;
            continue;
        }
        if ((head & 0xC0) != 0x40) {
            *why = UNDEFINED;
            break;
        }
        int64_t next = define(walk, pos, why);
        if (next < 0)
            break;
        pos = next;
    }
    walk->compressed = any >= 0x80;
    return pos;
}

/* Write the offsets, grouped by definition and in file order within each. */
static void
sort_rows(Walk *walk, int64_t *out, int64_t *next)
{
    for (int64_t i = 0; i < walk->rows; i++)
        walk->definitions[walk->groups[i]].count++;
    int64_t at = 0;
    for (int32_t i = 0; i < walk->known; i++) {
        next[i] = at;
        at += walk->definitions[i].count;
    }
    for (int64_t i = 0; i < walk->rows; i++)
        out[next[walk->groups[i]]++] = walk->offsets[i];
}

static PyObject *
walk_result(Walk *walk, int64_t stop, int why)
{
    PyObject *definitions = PyList_New(walk->known), *counts = PyList_New(walk->known), *offsets = NULL;
    int64_t *next = malloc(((size_t)walk->known + 1) * sizeof *next);
    if (!definitions || !counts || !next)
        goto fail;
    offsets = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(walk->rows * (int64_t)sizeof(int64_t)));
    if (!offsets)
        goto fail;
    sort_rows(walk, (int64_t *)PyBytes_AsString(offsets), next);
    for (int32_t i = 0; i < walk->known; i++) {
        const Definition *item = &walk->definitions[i];
        PyObject *place = Py_BuildValue("(LL)", (long long)item->start, (long long)item->stop);
        if (!place || PyList_SetItem(definitions, i, place))
            goto fail;
        PyObject *count = PyLong_FromLongLong(item->count);
        if (!count || PyList_SetItem(counts, i, count))
            goto fail;
    }
    free(next);
    return Py_BuildValue("(NNNLiN)", definitions, counts, offsets, (long long)stop, why,
                         PyBool_FromLong(walk->compressed));
fail:
    free(next);
    Py_XDECREF(definitions);
    Py_XDECREF(counts);
    Py_XDECREF(offsets);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

static PyObject *
kernel_walk(PyObject *self, PyObject *args)
{
    (void)self;
    Py_buffer data;
    Py_ssize_t begin, end;
    int most;
    if (!PyArg_ParseTuple(args, "y*nni", &data, &begin, &end, &most))
        return NULL;
    PyObject *result = NULL;
    Walk walk = {.data = data.buf, .end = end, .most = most};
    if (begin < 0 || begin > end || end > data.len || most < 1 || most > 0xFFFF) {
        PyErr_SetString(PyExc_ValueError, "the walk's bounds lie outside the data");
        goto done;
    }
    uint32_t slots = 2;
    while (slots < 2 * (uint32_t)most)
        slots *= 2;
    walk.slot_mask = slots - 1;
    walk.room = (end - begin) / 24 + 64;
    walk.slots = calloc(slots, sizeof *walk.slots);
    walk.definitions = malloc((size_t)most * sizeof *walk.definitions);
    walk.offsets = malloc((size_t)walk.room * sizeof *walk.offsets);
    walk.groups = malloc((size_t)walk.room * sizeof *walk.groups);
    walk.failed = !walk.slots || !walk.definitions || !walk.offsets || !walk.groups;
    int64_t stop = begin;
    int why = WHOLE;
    if (!walk.failed) {
        Py_BEGIN_ALLOW_THREADS
        stop = run(&walk, begin, &why);
        Py_END_ALLOW_THREADS
    }
    result = walk.failed ? PyErr_NoMemory() : walk_result(&walk, stop, why);
    free(walk.slots);
    free(walk.definitions);
    free(walk.offsets);
    free(walk.groups);
done:
    PyBuffer_Release(&data);
    return result;
}

/* ------------------------------------------------------------------ columns */

enum { SAME, AS_FLOAT, AS_INT }; /* as in _plan.py */
enum { SPEC = 8 };               /* numbers per task */

typedef struct {
    const uint8_t *data; /* the file, at the field of a message at offset 0 */
    const int64_t *offsets, *ranks;
    Py_ssize_t count; /* messages */
    int base, swap, mode;
    int64_t items, width; /* elements in the message, and in the table */
    double scale, offset;
    uint8_t *values, *flags;
} Task;

static uint8_t swap8(uint8_t x) { return x; }
static uint16_t swap16(uint16_t x) { return (uint16_t)(x << 8 | x >> 8); }
static uint32_t
swap32(uint32_t x)
{
    return (uint32_t)swap16((uint16_t)x) << 16 | swap16((uint16_t)(x >> 16));
}
static uint64_t
swap64(uint64_t x)
{
    return (uint64_t)swap32((uint32_t)x) << 32 | swap32((uint32_t)(x >> 32));
}

/* One value a message, as it lies; AT is its row. */
#define PLAIN(BITS, TYPE, VALID, WRITE, AT)                                                                          \
    for (Py_ssize_t i = 0; i < task->count; i++) {                                                                   \
        BITS bits;                                                                                                   \
        TYPE value;                                                                                                  \
        memcpy(&bits, task->data + task->offsets[i], sizeof bits);                                                   \
        memcpy(&value, &bits, sizeof value);                                                                         \
        task->flags[AT] = VALID;                                                                                     \
        out[AT] = WRITE;                                                                                             \
    }

/* The whole of a column for one type: BITS as it lies in the file, TYPE as a number. WRITE stores `value`. */
#define EACH(BITS, TYPE, SWAP, VALID, OUT, WRITE)                                                                    \
    {                                                                                                                \
        OUT *out = (OUT *)task->values;                                                                              \
        const int64_t *ranks = task->ranks;                                                                          \
        if (!task->swap && task->items == 1 && task->width == 1) {                                                   \
            if (ranks)                                                                                               \
                PLAIN(BITS, TYPE, VALID, WRITE, ranks[i])                                                            \
            else                                                                                                     \
                PLAIN(BITS, TYPE, VALID, WRITE, i)                                                                   \
            return;                                                                                                  \
        }                                                                                                            \
        for (Py_ssize_t i = 0; i < task->count; i++) {                                                               \
            const uint8_t *from = task->data + task->offsets[i];                                                     \
            int64_t at = (ranks ? ranks[i] : i) * task->width;                                                       \
            for (int64_t j = 0; j < task->items; j++, at++) {                                                        \
                BITS bits;                                                                                           \
                TYPE value;                                                                                          \
                memcpy(&bits, from + j * (int64_t)sizeof bits, sizeof bits);                                         \
                if (task->swap)                                                                                      \
                    bits = SWAP(bits);                                                                               \
                memcpy(&value, &bits, sizeof value);                                                                 \
                task->flags[at] = VALID;                                                                             \
                out[at] = WRITE;                                                                                     \
            }                                                                                                        \
        }                                                                                                            \
    }

#define COLUMN(NAME, BITS, TYPE, SWAP, VALID)                                                                        \
    static void NAME(const Task *task)                                                                               \
    {                                                                                                                \
        double scale = task->scale, offset = task->offset;                                                           \
        if (task->mode == SAME)                                                                                      \
            EACH(BITS, TYPE, SWAP, VALID, BITS, bits)                                                                \
        else if (task->mode == AS_INT)                                                                               \
            EACH(BITS, TYPE, SWAP, VALID, int64_t, (int64_t)value)                                                   \
        else if (offset != 0)                                                                                        \
            EACH(BITS, TYPE, SWAP, VALID, double, (double)value / scale - offset)                                    \
        else                                                                                                         \
            EACH(BITS, TYPE, SWAP, VALID, double, (double)value / scale)                                             \
    }

COLUMN(column_u8, uint8_t, uint8_t, swap8, value != 0xFF)
COLUMN(column_u8z, uint8_t, uint8_t, swap8, value != 0)
COLUMN(column_i8, uint8_t, int8_t, swap8, value != 0x7F)
COLUMN(column_text, uint8_t, uint8_t, swap8, 1)
COLUMN(column_u16, uint16_t, uint16_t, swap16, value != 0xFFFF)
COLUMN(column_u16z, uint16_t, uint16_t, swap16, value != 0)
COLUMN(column_i16, uint16_t, int16_t, swap16, value != 0x7FFF)
COLUMN(column_u32, uint32_t, uint32_t, swap32, value != 0xFFFFFFFFu)
COLUMN(column_u32z, uint32_t, uint32_t, swap32, value != 0)
COLUMN(column_i32, uint32_t, int32_t, swap32, value != 0x7FFFFFFF)
COLUMN(column_u64, uint64_t, uint64_t, swap64, value != UINT64_MAX)
COLUMN(column_u64z, uint64_t, uint64_t, swap64, value != 0)
COLUMN(column_i64, uint64_t, int64_t, swap64, value != INT64_MAX)
COLUMN(column_f32, uint32_t, float, swap32, value == value)
COLUMN(column_f64, uint64_t, double, swap64, value == value)

/* Bytes of a byte array are valid together: unless every one is 0xFF. */
static void
column_bytes(const Task *task)
{
    column_u8(task);
    if (task->width == 1)
        return;
    for (Py_ssize_t i = 0; i < task->count; i++) {
        uint8_t *flags = task->flags + (task->ranks ? task->ranks[i] : i) * task->width;
        uint8_t any = 0;
        for (int64_t j = 0; j < task->items; j++)
            any |= flags[j];
        memset(flags, any, (size_t)task->items);
    }
}

typedef void (*Column)(const Task *);

static const Column columns[] = {
    column_u8,  column_i8,   column_u8,   column_i16,  column_u16,   column_i32, column_u32, column_text, column_f32,
    column_f64, column_u8z,  column_u16z, column_u32z, column_bytes, column_i64, column_u64, column_u64z,
};
static const int sizes[] = {1, 1, 1, 2, 2, 4, 4, 1, 4, 8, 1, 2, 4, 1, 8, 8, 8};
enum { BASES = sizeof sizes / sizeof *sizes };

typedef struct {
    Py_buffer data, offsets, ranks, spec, scales, table;
    Py_ssize_t size, rows, flags_at;
} Fill;

static int
aligned(const Py_buffer *buffer, Py_ssize_t item)
{
    return (uintptr_t)buffer->buf % 8 == 0 && buffer->len % item == 0;
}

/* Whether every place that the tasks name lies inside its buffer. Return what is wrong, or NULL. */
static const char *
check(const Fill *fill)
{
    const int64_t *offsets = fill->offsets.buf, *ranks = fill->ranks.buf, *spec = fill->spec.buf;
    int64_t count = fill->offsets.len / 8, tasks = fill->spec.len / (SPEC * 8), rows = fill->rows;
    if (!aligned(&fill->offsets, 8) || !aligned(&fill->spec, SPEC * 8) || !aligned(&fill->scales, 16)
        || (fill->ranks.buf && !aligned(&fill->ranks, 8)) || (uintptr_t)fill->table.buf % 8)
        return "a buffer is not aligned";
    if (fill->scales.len / 16 != tasks || (ranks ? fill->ranks.len / 8 != count : count > rows))
        return "the buffers' lengths do not agree";
    if (rows < 0 || fill->flags_at < 0 || fill->flags_at > fill->table.len || fill->size < 1)
        return "the table's bounds are wrong";
    for (int64_t i = 0; i < count; i++)
        if (offsets[i] < 0 || offsets[i] > fill->data.len - fill->size || (ranks && (ranks[i] < 0 || ranks[i] >= rows)))
            return "a message lies outside the data or the table";
    for (int64_t i = 0; i < tasks; i++, spec += SPEC) {
        if (spec[1] < 0 || spec[1] >= BASES || spec[5] < SAME || spec[5] > AS_INT)
            return "a task names no type";
        int64_t out = spec[5] ? 8 : sizes[spec[1]];
        if (spec[3] < 1 || spec[4] < spec[3] || spec[4] > 255 || spec[0] < 0
            || spec[0] + spec[3] * sizes[spec[1]] > fill->size)
            return "a field lies outside its message";
        if (rows && (spec[6] < 0 || spec[6] > fill->flags_at / rows || spec[7] < 0
            || spec[7] > (fill->table.len - fill->flags_at) / rows || (spec[6] + spec[4] * out) > fill->flags_at / rows
            || (spec[7] + spec[4]) > (fill->table.len - fill->flags_at) / rows || spec[6] * rows % out))
            return "a column lies outside the table";
    }
    return NULL;
}

static void
run_tasks(const Fill *fill)
{
    const int64_t *spec = fill->spec.buf;
    const double *scales = fill->scales.buf;
    int64_t tasks = fill->spec.len / (SPEC * 8);
    for (int64_t i = 0; i < tasks; i++, spec += SPEC, scales += 2) {
        Task task = {
            .data = (const uint8_t *)fill->data.buf + spec[0],
            .offsets = fill->offsets.buf,
            .ranks = fill->ranks.buf,
            .count = fill->offsets.len / 8,
            .base = (int)spec[1],
            .swap = spec[2] != PY_BIG_ENDIAN && sizes[spec[1]] > 1,
            .mode = (int)spec[5],
            .items = spec[3],
            .width = spec[4],
            .scale = scales[0],
            .offset = scales[1],
            .values = (uint8_t *)fill->table.buf + spec[6] * fill->rows,
            .flags = (uint8_t *)fill->table.buf + fill->flags_at + spec[7] * fill->rows,
        };
        columns[task.base](&task);
    }
}

static PyObject *
kernel_fill(PyObject *self, PyObject *args)
{
    (void)self;
    Fill fill;
    PyObject *ranks, *result = NULL;
    memset(&fill, 0, sizeof fill);
    if (!PyArg_ParseTuple(args, "y*y*Ony*y*w*nn", &fill.data, &fill.offsets, &ranks, &fill.size, &fill.spec,
                          &fill.scales, &fill.table, &fill.rows, &fill.flags_at))
        return NULL;
    if (ranks != Py_None && PyObject_GetBuffer(ranks, &fill.ranks, PyBUF_SIMPLE))
        goto done;
    const char *wrong = check(&fill);
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, wrong);
        goto done;
    }
    if (fill.offsets.len / 8 * (fill.spec.len / 64) > 20000) {
        Py_BEGIN_ALLOW_THREADS
        run_tasks(&fill);
        Py_END_ALLOW_THREADS
    }
    else
        run_tasks(&fill);
    result = Py_None;
    Py_INCREF(result);
done:
    PyBuffer_Release(&fill.data);
    PyBuffer_Release(&fill.offsets);
    if (fill.ranks.obj)
        PyBuffer_Release(&fill.ranks);
    PyBuffer_Release(&fill.spec);
    PyBuffer_Release(&fill.scales);
    PyBuffer_Release(&fill.table);
    return result;
}

/* ------------------------------------------------------------------ module */

static PyMethodDef methods[] = {
    {"crc", kernel_crc, METH_VARARGS, "crc(data) -> int: the FIT checksum."},
    {"walk", kernel_walk, METH_VARARGS, "walk(data, begin, end, most) -> definitions, counts, offsets, stop, why, compressed."},
    {"fill", kernel_fill, METH_VARARGS, "fill(data, offsets, ranks, size, spec, scales, table, rows, flags_at): columns of one definition."},
    {NULL, NULL, 0, NULL},
};

static int
start(PyObject *module)
{
    (void)module;
    make_crc_table();
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)start}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_kernel", .m_doc = "The compiled half of the FIT reader.",
    .m_methods = methods, .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    return PyModuleDef_Init(&definition);
}
